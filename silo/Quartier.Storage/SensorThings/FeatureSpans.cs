using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>When the Observations of which streams tell of a feature.</summary>
internal sealed record FeatureSpans(ImmutableArray<ObservedSpan> Spans)
{
    /// <summary>The first so many spans. The first feature of a stream holds for all earlier times too.</summary>
    public static FeatureSpans Of(Database database, long feature, int most)
    {
        var found = ImmutableArray.CreateBuilder<ObservedSpan>();
        foreach (var kind in (ReadOnlySpan<EntityKind>)[EntityKind.Datastream, EntityKind.MultiDatastream])
        {
            var naming = new SqlText().Add("e.id IN (SELECT source_id FROM sta_observed WHERE source_kind = ").Bind((long)kind).Add(" AND feature_id = ").Bind(feature).Add(")");
            var sources = ObservationSources.Read(database, naming, kind).ToDictionary(s => s.Id);
            using var row = database.Prepare(
                """
                SELECT o.source_id, o.from_ms,
                  (SELECT min(n.from_ms) FROM sta_observed n WHERE n.source_kind = o.source_kind AND n.source_id = o.source_id AND n.from_ms > o.from_ms),
                  EXISTS (SELECT 1 FROM sta_observed b WHERE b.source_kind = o.source_kind AND b.source_id = o.source_id AND b.from_ms < o.from_ms)
                FROM sta_observed o WHERE o.feature_id = ? AND o.source_kind = ? ORDER BY o.source_id, o.from_ms LIMIT ?
                """).Bind(1, feature).Bind(2, (long)kind).Bind(3, most - found.Count).Run();
            while (row.Next())
            {
                if (sources.TryGetValue(row.Int64(0), out var source))
                {
                    found.Add(new(source, row.Int64(3) == 0 ? long.MinValue : row.Int64(1), row.IsNull(2) ? long.MaxValue : row.Int64(2)));
                }
            }
        }

        return new FeatureSpans(found.ToImmutable());
    }
}
