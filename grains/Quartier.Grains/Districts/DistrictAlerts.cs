using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Live;
using Quartier.Contracts.Readings;

namespace Quartier.Grains.Districts;

/// <summary>
/// The alerts of a district: one write to the disk at a time, and all that comes meanwhile in the next one. When ten thousand sensors fall silent
/// together, that is a dozen writes instead of ten thousand. Lives within its grain's turns.
/// </summary>
internal sealed class DistrictAlerts(IAlertStore store, ILiveFeed live, string city, string district, IEnumerable<AlertGround> grounds)
{
    /// <summary>Changes of one write. They are found and merged in one turn of the grain, in which nobody is told whether he may read: some milliseconds.</summary>
    private const int MostAtOnce = 256;

    /// <summary>
    /// Changes that may wait for a write: two for each sensor of the largest city. Whoever's call has timed out reports again, and on a disk that stands still
    /// nothing else would bound what gathers.
    /// </summary>
    internal const int MostGathered = 200_000;

    private Gathering _gathered = new();
    private Task _writing = Task.CompletedTask;

    /// <summary>How many there are.</summary>
    public AlertCounts Counts { get; } = new(grounds);

    /// <summary>Takes what rules report, in order.</summary>
    public Task RecordAsync(ImmutableArray<Alert> reported) => ChangeAsync(reported.Select(a => new AlertChange(a.Id, recorded => AlertMerge.Merge(recorded, a))));

    /// <summary>Someone takes the alert; as it stands afterwards, null when there is none.</summary>
    public async Task<Alert?> AcknowledgeAsync(string id, string by)
    {
        Alert? after = null;
        await ChangeAsync([new(id, recorded =>
        {
            var acknowledged = recorded is null ? null : AlertMerge.Acknowledge(recorded, by);
            after = acknowledged ?? recorded;
            return acknowledged;
        })]);
        return after;
    }

    /// <summary>Ends alerts that nobody else ends any more.</summary>
    public async Task EndAsync(IAsyncEnumerable<Alert> orphans, long nowMs, CancellationToken cancellationToken)
    {
        await foreach (var some in orphans.Chunk(MostAtOnce).WithCancellation(cancellationToken))
        {
            await ChangeAsync(some.Select(orphan => new AlertChange(orphan.Id, recorded =>
                recorded is null or { State: AlertState.Resolved } ? null : recorded with { State = AlertState.Resolved, ResolvedMs = nowMs })));
        }
    }

    private Task ChangeAsync(IEnumerable<AlertChange> changes)
    {
        var into = _gathered;
        if (into.Changes.Count >= MostGathered)
        {
            throw new StoreException($"{into.Changes.Count} changes of alerts of {city}/{district} wait for the disk. Report again later.");
        }

        into.Changes.AddRange(changes);
        return into.Written ?? (_writing = into.Written = WriteAsync(into, _writing));
    }

    private async Task WriteAsync(Gathering gathered, Task before)
    {
        // Whether that one failed is told to those who wait for it: this waits for its end alone.
        await Task.WhenAny(before);
        _gathered = new();
        foreach (var some in gathered.Changes.Chunk(MostAtOnce))
        {
            await WriteAsync(some);
        }
    }

    private async Task WriteAsync(AlertChange[] changes)
    {
        var latest = new Dictionary<string, Alert?>(StringComparer.Ordinal);
        var changed = new List<(Alert? Before, Alert After)>();
        foreach (var (id, apply) in changes)
        {
            if (!latest.TryGetValue(id, out var recorded))
            {
                recorded = await store.FindAsync(city, district, id, CancellationToken.None);
            }

            var after = apply(recorded);
            latest[id] = after ?? recorded;
            if (after is not null)
            {
                changed.Add((recorded, after));
            }
        }

        if (changed.Count > 0)
        {
            await store.PutAsync(changed.ConvertAll(c => c.After), CancellationToken.None);
            changed.ForEach(Tell);
        }
    }

    private void Tell((Alert? Before, Alert After) change)
    {
        Counts.Put(change.Before, change.After);
        if (live.IsWatched(city))
        {
            // With what it is about, by which the line decides who gets to know of it.
            live.Changed(city, $"alert/{district}/{change.After.Id}/{change.After.Subject}");
        }
    }

    /// <summary>What comes before the next write begins.</summary>
    private sealed class Gathering
    {
        public List<AlertChange> Changes { get; } = [];

        public Task? Written { get; set; }
    }
}
