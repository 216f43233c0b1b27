using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>The streams whose Observations tell, or told, of features that are not the registry's.</summary>
internal sealed record NamingStreams(ImmutableArray<ObservationSource> Sources)
{
    public static NamingStreams Of(Database database)
    {
        var found = ImmutableArray.CreateBuilder<ObservationSource>();
        foreach (var kind in (ReadOnlySpan<EntityKind>)[EntityKind.Datastream, EntityKind.MultiDatastream])
        {
            var naming = new SqlText().Add(
                "EXISTS (SELECT 1 FROM sta_observed o JOIN sta_feature f ON f.id = o.feature_id WHERE f.registry_key IS NULL AND o.source_id = e.id AND o.source_kind = ")
                .Bind((long)kind).Add(")");
            found.AddRange(ObservationSources.Read(database, naming, kind));
        }

        return new NamingStreams(found.ToImmutable());
    }
}
