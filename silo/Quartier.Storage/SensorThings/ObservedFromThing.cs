using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>Ids of the features of which Observations of a Thing's streams tell, or told.</summary>
internal sealed record ObservedFromThing(ImmutableArray<long> Features)
{
    public static ObservedFromThing Of(Database database, long thing)
    {
        var found = ImmutableArray.CreateBuilder<long>();
        using var row = database.Prepare(
            """
            SELECT feature_id FROM sta_observed WHERE source_kind = ? AND source_id IN (SELECT id FROM sta_datastream WHERE thing_id = ?)
            UNION
            SELECT feature_id FROM sta_observed WHERE source_kind = ? AND source_id IN (SELECT id FROM sta_multi_datastream WHERE thing_id = ?)
            """).Bind(1, (long)EntityKind.Datastream).Bind(2, thing).Bind(3, (long)EntityKind.MultiDatastream).Bind(4, thing).Run();
        while (row.Next())
        {
            found.Add(row.Int64(0));
        }

        return new ObservedFromThing(found.ToImmutable());
    }
}
