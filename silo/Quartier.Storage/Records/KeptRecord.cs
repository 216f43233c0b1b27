namespace Quartier.Storage.Records;

/// <summary>A record as it was kept.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
public readonly record struct KeptRecord(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value);
