namespace Quartier.Mqtt.Sessions;

/// <summary>
/// What all queues of one kind hold together. One queue may hold no more than is left free of the whole (dynamic thresholds: Choudhury and Hahne, IEEE/ACM
/// Transactions on Networking 6, 1998, with α = 1): however many readers stall, together they never use all of it up, those with the longest queues are the first
/// to find no room, and whoever has hardly anything waiting finds some.
/// </summary>
internal sealed class QueueBudget(long maxBytesOfOne, long maxBytes)
{
    private long _bytes;

    /// <summary>Bytes that wait in all queues at present.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>The most that one queue may hold at present.</summary>
    public long BytesOfOne => Math.Min(maxBytesOfOne, maxBytes - Bytes);

    /// <summary>Counts what came into a queue, or with a negative number what left it.</summary>
    public void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
