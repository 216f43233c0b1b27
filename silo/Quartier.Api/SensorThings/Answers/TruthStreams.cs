using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Answers;

/// <summary>Finds the Datastreams whose results are true or false and rest as 1 or 0.</summary>
internal static class TruthStreams
{
    private const string Truth = "OM_TruthObservation";

    private static readonly EntityProperty Type = EntityTypes.Of(EntityKind.Datastream).Property("observationType")!;

    public static async Task<HashSet<long>> OfAsync(IEntityStore entities, ObservationPage page, CancellationToken cancellationToken)
    {
        var ids = page.Rows.Select(r => page.Sources[r.Source].Source).Where(s => s.Kind == EntityKind.Datastream).Select(s => s.Id).Distinct().ToArray();
        return ids.Length == 0 ? [] : Of(await entities.GetAsync(EntityKind.Datastream, [.. ids], cancellationToken).ConfigureAwait(false));
    }

    public static HashSet<long> Of(IEnumerable<Entity> streams) =>
        [.. streams.Where(s => s.Kind == EntityKind.Datastream && s[Type].Text?.EndsWith(Truth, StringComparison.Ordinal) == true).Select(s => s.Id)];
}
