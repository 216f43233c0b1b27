namespace Quartier.Contracts.Readings;

/// <summary>One expiry partition.</summary>
/// <param name="ExpiryDay">The ISO date on whose end the readings expire.</param>
/// <param name="Blocks">Sealed blocks.</param>
/// <param name="Readings">Readings in them.</param>
/// <param name="Bytes">Size of the file in bytes.</param>
public sealed record PartitionManifest(string ExpiryDay, long Blocks, long Readings, long Bytes);
