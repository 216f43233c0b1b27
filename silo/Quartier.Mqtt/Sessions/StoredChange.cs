namespace Quartier.Mqtt.Sessions;

/// <summary>One change of the session store.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Key">The record's key, or what the keys begin with.</param>
/// <param name="Value">The contents to keep; empty unless something is kept.</param>
/// <param name="EndsMs">
/// When the record must be gone, in milliseconds since 1970-01-01T00:00:00Z; <see cref="long.MaxValue"/> for records without readings.
/// </param>
public readonly record struct StoredChange(StoredChangeKind Kind, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value, long EndsMs)
{
    /// <summary>Keeps a record, instead of the one with the same key.</summary>
    public static StoredChange Keep(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value, long endsMs) => new(StoredChangeKind.Keep, key, value, endsMs);

    /// <summary>Removes a record, if there is one.</summary>
    public static StoredChange Remove(ReadOnlyMemory<byte> key) => new(StoredChangeKind.Remove, key, default, long.MaxValue);

    /// <summary>Removes all records whose keys begin so.</summary>
    public static StoredChange RemoveAll(ReadOnlyMemory<byte> prefix) => new(StoredChangeKind.RemoveAll, prefix, default, long.MaxValue);
}
