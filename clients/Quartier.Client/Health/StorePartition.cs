namespace Quartier.Client.Health;

/// <summary>Readings that expire on the same day.</summary>
/// <param name="ExpiryDay">The day.</param>
/// <param name="Blocks">Sealed blocks.</param>
/// <param name="Readings">Readings in them.</param>
/// <param name="Bytes">On disk.</param>
public sealed record StorePartition(
    string ExpiryDay,
    long Blocks,
    long Readings,
    long Bytes);
