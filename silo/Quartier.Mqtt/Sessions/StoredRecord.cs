namespace Quartier.Mqtt.Sessions;

/// <summary>One record of the session store.</summary>
/// <param name="Key">Compared byte by byte; at most <see cref="MaxKeyBytes"/>.</param>
/// <param name="Value">The contents.</param>
public readonly record struct StoredRecord(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value)
{
    /// <summary>Longest key: a kind, a session's number and the longest topic filter.</summary>
    public const int MaxKeyBytes = 1 + sizeof(long) + ushort.MaxValue;
}
