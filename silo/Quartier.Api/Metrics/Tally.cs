namespace Quartier.Api.Metrics;

/// <summary>A count and a time, added to from any thread.</summary>
internal sealed class Tally
{
    private long _count;
    private long _ticks;

    public long Count => Volatile.Read(ref _count);

    public TimeSpan Elapsed => new(Volatile.Read(ref _ticks));

    public void Add(TimeSpan elapsed)
    {
        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _ticks, elapsed.Ticks);
    }
}
