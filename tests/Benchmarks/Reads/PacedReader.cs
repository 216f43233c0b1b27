using Quartier.Gateway.Load;

namespace Quartier.Benchmarks.Reads;

/// <summary>
/// Asks at a fixed pace, as many readers that know nothing of each other do: nobody waits with a question until somebody else's is answered.
/// </summary>
/// <param name="perSecond">Questions a second, more than 0.</param>
/// <param name="ask">Asks one question and reads the whole answer; what it returns tells later, and unmeasured, whether the answer was right.</param>
internal sealed class PacedReader(double perSecond, Func<Task<Func<bool>>> ask)
{
    /// <summary>Questions without an answer yet; a server so far behind delays the next ones, and that delay counts.</summary>
    private const int MostOpen = 256;

    /// <summary>How finely the pace is kept; being late by the timer's own fault is not counted.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Lock _answers = new();

    /// <summary>From question to the whole answer.</summary>
    public LatencyHistogram Latency { get; } = new(TimeProvider.System.TimestampFrequency);

    /// <summary>Answers that were not what is stored.</summary>
    public long Wrong { get; private set; }

    /// <summary>Asks until cancelled, then waits for the last answers.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var period = time.TimestampFrequency / perSecond;
        var asked = new List<Task>();
        using var places = new SemaphoreSlim(MostOpen);
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

            await places.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            asked.Add(AskAsync(from, places));
        }

        await Task.WhenAll(asked).ConfigureAwait(false);
    }

    private async Task AskAsync(long from, SemaphoreSlim places)
    {
        try
        {
            var verify = await ask().ConfigureAwait(false);
            var took = TimeProvider.System.GetTimestamp() - from;
            var isRight = verify();
            lock (_answers)
            {
                Latency.Record(took);
                Wrong += isRight ? 0 : 1;
            }
        }
        finally
        {
            places.Release();
        }
    }
}
