using Quartier.Api.Http;
using Quartier.Domain.Publication;

namespace Quartier.Api.OpenData;

/// <summary>
/// Tables of months that are not kept, because they are not over or hold nothing yet. Of everybody who asks for one at the same time the first has it computed,
/// and what was computed is shown for a while: a day is published a day after it is over, so nobody misses anything. However many ask, a city's streams
/// cost one computation of each in that time.
/// </summary>
internal sealed class OpenMonths(TimeProvider time) : IDisposable
{
    /// <summary>Computed at once: each looks at the hours of all sensors of a stream, and the cores are there for others too.</summary>
    public const int ComputedMax = 2;

    /// <summary>Tables that are computed or wait for it; a page of the public shows some streams, a year has thirteen months.</summary>
    public const int WaitingMax = 64;

    /// <summary>Tables kept: a city's streams.</summary>
    private const int KeptMax = 256;

    /// <summary>When a refused request is worth repeating.</summary>
    private const int RetrySeconds = 5;

    /// <summary>For how long a table is shown. New readings and closed days appear so much later.</summary>
    private static readonly TimeSpan ShownFor = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _room = new(ComputedMax, ComputedMax);

    // A stream is another one with each version of the policies and the registry.
    private readonly Dictionary<(PublishedStream Stream, DateOnly Month), Shown> _shown = [];
    private int _waiting;

    /// <summary>The month's table, or that too many are computed already.</summary>
    /// <param name="stream">What is published.</param>
    /// <param name="month">First day of the month.</param>
    /// <param name="compute">Computes it. Goes on when the caller has gone: others wait for the same.</param>
    /// <param name="cancellationToken">Ends the caller's wait.</param>
    public async Task<Outcome<PublishedTable>> ReadAsync(
        PublishedStream stream, DateOnly month, Func<Task<PublishedTable>> compute, CancellationToken cancellationToken)
    {
        Shown? shown;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!_shown.TryGetValue((stream, month), out shown) || shown.IsOver(now))
            {
                if (_waiting >= WaitingMax)
                {
                    return Problems.TooManyQuestions(
                        $"{WaitingMax} months are computed for others, which is the most at once. Try again in {RetrySeconds} s.", RetrySeconds);
                }

                Trim_NeedsLock();
                _waiting++;
                _shown[(stream, month)] = shown = new(Task.Run(() => ComputeAsync(compute), CancellationToken.None), now + ShownFor);
            }
        }

        return await shown.Table.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _room.Dispose();

    private async Task<PublishedTable> ComputeAsync(Func<Task<PublishedTable>> compute)
    {
        await _room.WaitAsync().ConfigureAwait(false);
        try
        {
            return await compute().ConfigureAwait(false);
        }
        finally
        {
            _room.Release();
            lock (_gate)
            {
                _waiting--;
            }
        }
    }

    private void Trim_NeedsLock()
    {
        if (_shown.Count < KeptMax)
        {
            return;
        }

        // What is under way stays: others wait for it, and there is no more of it than may wait.
        foreach (var (key, _) in _shown.Where(s => s.Value.Table.IsCompleted).ToList())
        {
            _shown.Remove(key);
        }
    }

    private sealed record Shown(Task<PublishedTable> Table, DateTimeOffset Until)
    {
        /// <summary>What failed is not shown again.</summary>
        public bool IsOver(DateTimeOffset now) => Table.IsCompleted && (!Table.IsCompletedSuccessfully || now >= Until);
    }
}
