using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>When the Observations of a Datastream tell of which feature.</summary>
internal static class ObservedSpans
{
    /// <summary>Spans [from, to) in which they tell of the feature; the first feature of a Datastream holds for all times before it too.</summary>
    public static List<(long FromMs, long ToMs)> Of(Database database, EntityKind kind, long source, long feature) =>
        [.. ByFeature(database, kind, source)[feature]];

    /// <summary>The same of all its features.</summary>
    public static ILookup<long, (long FromMs, long ToMs)> ByFeature(Database database, EntityKind kind, long source)
    {
        var all = All(database, kind, source);
        return all.Select((o, i) => (o.Feature, FromMs: i == 0 ? long.MinValue : o.FromMs, ToMs: i + 1 < all.Count ? all[i + 1].FromMs : long.MaxValue))
            .ToLookup(o => o.Feature, o => (o.FromMs, o.ToMs));
    }

    /// <summary>The latest so many changes before a time, in order of time.</summary>
    public static ImmutableArray<ObservedFeature> Latest(Database database, (EntityKind Kind, long Id) source, long beforeMs, int most)
    {
        var found = new List<ObservedFeature>();
        using var row = database.Prepare("SELECT from_ms, feature_id FROM sta_observed WHERE source_kind = ? AND source_id = ? AND from_ms < ? ORDER BY from_ms DESC LIMIT ?")
            .Bind(1, (long)source.Kind).Bind(2, source.Id).Bind(3, beforeMs).Bind(4, most).Run();
        while (row.Next())
        {
            found.Add(new ObservedFeature(row.Int64(0), row.Int64(1)));
        }

        found.Reverse();
        return [.. found];
    }

    private static List<(long FromMs, long Feature)> All(Database database, EntityKind kind, long source)
    {
        var found = new List<(long, long)>();
        using var row = database.Prepare("SELECT from_ms, feature_id FROM sta_observed WHERE source_kind = ? AND source_id = ? ORDER BY from_ms")
            .Bind(1, (long)kind).Bind(2, source).Run();
        while (row.Next())
        {
            found.Add((row.Int64(0), row.Int64(1)));
        }

        return found;
    }
}
