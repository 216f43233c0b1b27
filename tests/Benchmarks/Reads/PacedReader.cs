using Quartier.Gateway.Load;

namespace Quartier.Benchmarks.Reads;

/// <summary>
/// Asks at a fixed pace, one question at a time. An answer that outlasts the pace makes the next question late, and that delay counts as its latency:
/// a server that stalls is not asked less and so looks no better.
/// </summary>
/// <param name="perSecond">Questions a second, more than 0.</param>
/// <param name="ask">Asks one question and reads the whole answer; what it returns tells later, and unmeasured, whether the answer was right.</param>
internal sealed class PacedReader(double perSecond, Func<Task<Func<bool>>> ask)
{
    /// <summary>How finely the pace is kept; being late by the timer's own fault is not counted.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>From question to the whole answer.</summary>
    public LatencyHistogram Latency { get; } = new(TimeProvider.System.TimestampFrequency);

    /// <summary>Answers that were not what is stored.</summary>
    public long Wrong { get; private set; }

    /// <summary>Asks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var period = time.TimestampFrequency / perSecond;
        using var timer = new PeriodicTimer(Tick);
        for (var question = 1L; !cancellation.IsCancellationRequested; question++)
        {
            var due = start + (long)(question * period);
            var from = due;
            while (time.GetTimestamp() < due)
            {
                await timer.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false);
                from = time.GetTimestamp();
            }

            var verify = await ask().ConfigureAwait(false);
            Latency.Record(time.GetTimestamp() - from);
            Wrong += verify() ? 0 : 1;
        }
    }
}
