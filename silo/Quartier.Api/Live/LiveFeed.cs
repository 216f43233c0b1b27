using System.Collections.Concurrent;
using Quartier.Contracts.Live;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Live;

/// <summary>
/// Carries changes from grains to watchers. While nobody watches, a change costs two reads; otherwise a look-up in the city's set of
/// changed subjects, whatever the number of watchers: the set is handed to them every 500 ms.
/// </summary>
internal sealed class LiveFeed(TimeProvider time, IPolicies policies, IRegistry registry) : ILiveFeed, ILiveWatch
{
    /// <summary>Lines open at once: each holds a connection and up to 5,000 subjects.</summary>
    public const int WatchersMax = 256;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, CityWatch> _cities = new(StringComparer.Ordinal);
    private int _watchers;

    /// <summary>Lines open at present.</summary>
    public int Watchers => Volatile.Read(ref _watchers);

    /// <inheritdoc/>
    public bool IsWatched(string city) => Volatile.Read(ref _watchers) != 0 && _cities.ContainsKey(city);

    /// <inheritdoc/>
    public void Changed(string city, string subject)
    {
        if (Volatile.Read(ref _watchers) != 0 && _cities.TryGetValue(city, out var watch))
        {
            watch.Changed(subject);
        }
    }

    /// <summary>Begins to watch a city; null when too many watch already. Disposing the watcher ends it.</summary>
    public Watcher? TryWatch(string city)
    {
        lock (_gate)
        {
            if (_watchers >= WatchersMax)
            {
                return null;
            }

            var watch = _cities.GetOrAdd(city, _ => new CityWatch(time, () => StampOf(city)));
            var watcher = new Watcher(time, w => Leave(city, watch, w));
            watch.Join(watcher);
            _watchers++;
            return watcher;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> WatchAsync(string city, Func<IReadOnlyCollection<string>, bool, Task> onChanged, CancellationToken cancellationToken)
    {
        if (TryWatch(city) is not { } watcher)
        {
            return false;
        }

        using (watcher)
        {
            while (true)
            {
                var next = await watcher.NextAsync(cancellationToken).ConfigureAwait(false);
                await onChanged(next.Subjects, next.MustResync).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The versions of policies and registry in force: a permission holds while neither changes, until its own end.</summary>
    public (long Policies, long Registry) StampOf(string city) => (policies.Find(city)?.Sequence ?? 0, registry.Find(city)?.Version ?? 0);

    private void Leave(string city, CityWatch watch, Watcher watcher)
    {
        lock (_gate)
        {
            _watchers--;
            if (watch.Leave(watcher))
            {
                _cities.TryRemove(city, out _);
                watch.Dispose();
            }
        }
    }
}
