namespace Quartier.Storage.Records;

/// <summary>One change of a record book.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Key">The record's key, or what the keys begin with; at least one byte.</param>
/// <param name="Value">What to keep; empty unless something is kept.</param>
/// <param name="EndsMs">When a kept record must be gone, in milliseconds since 1970-01-01T00:00:00Z; <see cref="long.MaxValue"/> for never.</param>
public readonly record struct RecordChange(RecordChangeKind Kind, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value, long EndsMs);
