namespace Quartier.Gateway.Replay;

/// <summary>The clock that all gateways of a replay share.</summary>
internal sealed class ReplayClock(TimeProvider time, long firstEventMs, double? speed)
{
    private readonly long start = time.GetTimestamp();

    /// <summary>Waits until an event is due; at once at full speed.</summary>
    /// <param name="eventMs">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task WhenDueAsync(long eventMs, CancellationToken cancellation)
    {
        if (speed is not { } factor)
        {
            return Task.CompletedTask;
        }

        var due = TimeSpan.FromMilliseconds((eventMs - firstEventMs) / factor);
        var wait = due - time.GetElapsedTime(start);
        return wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, time, cancellation);
    }
}
