namespace Quartier.Mqtt.Bridges;

/// <summary>What has come from a broker; counts from the start of the program.</summary>
public sealed class BrokerCounters
{
    private long _messages;
    private long _refused;
    private long _repeated;
    private long _retained;

    /// <summary>Messages handed to the ingest.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Messages of which the ingest took nothing.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Messages that the broker says it may have sent before.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    /// <summary>Messages passed over because the broker had kept them: nobody knows when they were measured, and live ones follow.</summary>
    public long Retained => Interlocked.Read(ref _retained);

    internal void Add(int messages, int refused, int repeated)
    {
        // The messages last: whoever sees them counted, and reads them first, sees what became of them.
        Interlocked.Add(ref _refused, refused);
        Interlocked.Add(ref _repeated, repeated);
        Interlocked.Add(ref _messages, messages);
    }

    internal void AddRetained() => Interlocked.Increment(ref _retained);
}
