using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Of which features a stream's Observations tell: the latest changes, remembered so that the store is not asked for each Observation.</summary>
/// <param name="Change">Of which state of the entities this is.</param>
/// <param name="KnownFromMs">Of earlier times it says nothing.</param>
/// <param name="Latest">In order of time.</param>
internal sealed record FeatureTimeline(long Change, long KnownFromMs, ImmutableArray<ObservedFeature> Latest)
{
    /// <summary>Changes remembered of a stream: two kilobytes at most. Who names another feature with each Observation asks the store for what lies before.</summary>
    public const int Most = 64;

    /// <summary>What the store says, asked for <see cref="Most"/> changes.</summary>
    public static FeatureTimeline Of(long change, ImmutableArray<ObservedFeature> latest) =>
        new(change, latest.Length < Most ? long.MinValue : latest[0].FromMs, latest);

    /// <summary>Whether the time is one of which it knows.</summary>
    public bool Knows(long timeMs) => timeMs >= KnownFromMs;

    /// <summary>Whether one of the changes led to the feature: then there is such a feature.</summary>
    public bool Names(long feature) => Latest.Any(l => l.Feature == feature);

    /// <summary>Whether a change stands at the time.</summary>
    public bool Has(long timeMs) => Latest.Any(l => l.FromMs == timeMs);

    /// <summary>Whether Observations from the time on all tell of the feature.</summary>
    public bool EndsWith(long feature, long timeMs) => Knows(timeMs) && At(timeMs) == feature && Latest.All(l => l.FromMs <= timeMs || l.Feature == feature);

    /// <summary>The feature of an Observation at a time of which it knows; null while there is none.</summary>
    public long? At(long timeMs)
    {
        for (var i = Latest.Length - 1; i > 0; i--)
        {
            if (Latest[i].FromMs <= timeMs)
            {
                return Latest[i].Feature;
            }
        }

        return Latest.IsEmpty ? null : Latest[0].Feature;
    }

    /// <summary>With further changes, the oldest forgotten.</summary>
    public FeatureTimeline With(IEnumerable<EntityChange.Observe> changes)
    {
        var all = new SortedDictionary<long, ObservedFeature>();
        foreach (var entry in Latest.Concat(changes.Select(c => new ObservedFeature(c.FromMs, c.Feature))))
        {
            all[entry.FromMs] = entry;
        }

        var known = all.Values.Where(e => Knows(e.FromMs)).TakeLast(Most).ToImmutableArray();
        return this with { Latest = known, KnownFromMs = known.Length < all.Count ? known[0].FromMs : KnownFromMs };
    }
}
