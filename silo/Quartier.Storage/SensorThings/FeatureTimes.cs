using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>Of which features the Observations of a question's Datastreams tell, and since when.</summary>
internal sealed class FeatureTimes
{
    /// <summary>Changes of features that one question may hold in memory: some megabytes, a place a minute of a hundred moving sensors for a day.</summary>
    public const int Most = 200_000;

    private readonly Dictionary<(EntityKind Kind, long Id), List<(long FromMs, long Feature)>> _bySource = [];
    private int _count;

    /// <summary>Ids of the features, each once.</summary>
    public IEnumerable<long> Features => _bySource.Values.SelectMany(t => t).Select(t => t.Feature).Distinct();

    /// <summary>Reads those of the sources; null when there are more changes than <see cref="Most"/>.</summary>
    public static FeatureTimes? Of(Database database, SourceSpans spans)
    {
        var times = new FeatureTimes();
        foreach (var kind in spans.All.Select(s => s.Source).GroupBy(s => s.Kind))
        {
            times.Read(database, kind.Key, $"[{string.Join(',', kind.Select(s => s.Id).Distinct())}]");
        }

        return times._count <= Most ? times : null;
    }

    /// <summary>The feature at that time; the first of a Datastream holds for all times before it too. Null when there is none.</summary>
    public long? At(EntityKind kind, long source, long timeMs)
    {
        if (!_bySource.TryGetValue((kind, source), out var times))
        {
            return null;
        }

        var (low, high) = (0, times.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = times[middle].FromMs <= timeMs ? (middle + 1, high) : (low, middle);
        }

        return times[Math.Max(low - 1, 0)].Feature;
    }

    private void Read(Database database, EntityKind kind, string ids)
    {
        using var row = database.Prepare(
            "SELECT source_id, from_ms, feature_id FROM sta_observed WHERE source_kind = ? AND source_id IN (SELECT value FROM json_each(?)) ORDER BY source_id, from_ms LIMIT ?")
            .Bind(1, (long)kind).Bind(2, ids).Bind(3, Most + 1 - _count).Run();
        while (row.Next())
        {
            var source = (kind, row.Int64(0));
            if (!_bySource.TryGetValue(source, out var times))
            {
                _bySource.Add(source, times = []);
            }

            times.Add((row.Int64(1), row.Int64(2)));
            _count++;
        }
    }
}
