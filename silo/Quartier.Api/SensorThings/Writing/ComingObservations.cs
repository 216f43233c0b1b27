using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>
/// Judges the Observations that come with new streams before anything is made, by the rules of the registry that the plan makes: what would be refused
/// when its stream is there lets nothing be made.
/// </summary>
internal sealed class ComingObservations(WritePorts ports, StreamTargets targets)
{
    /// <summary>Fails the plan by the first of them that would be refused.</summary>
    public async ValueTask CheckAsync(EntityPlan plan, RegistrySnapshot registry)
    {
        var made = plan.NewStreams.ToDictionary(s => (s.Kind, s.Id));
        foreach (var observations in plan.Observations.GroupBy(o => (o.Kind, o.Stream)).Where(g => made.ContainsKey(g.Key)))
        {
            await CheckAsync(plan, registry, made[observations.Key], [.. observations]).ConfigureAwait(false);
            if (plan.Problem is not null)
            {
                return;
            }
        }
    }

    private async ValueTask CheckAsync(EntityPlan plan, RegistrySnapshot registry, PlannedStream stream, ImmutableArray<PlannedObservation> observations)
    {
        if (await plan.FindAsync(stream.Kind, stream.Id).ConfigureAwait(false) is not { } planned
            || targets.Preview(planned.AsStored(stream.Properties.Length), registry) is not { } target)
        {
            plan.Fail(observations[0], WriteProblems.Conflict($"{EntityTypes.Of(stream.Kind).SetName}({stream.Id}) would not be registered, so nothing would be taken for it."));
            return;
        }

        var hasPlace = await HasPlaceAsync(plan, stream).ConfigureAwait(false);
        foreach (var observation in observations)
        {
            var problem = ObservationDesk.Judge(target, observation.Draft, ports.NowMs)
                ?? await FeatureProblemAsync(plan, observation, hasPlace).ConfigureAwait(false);
            if (problem is not null)
            {
                plan.Fail(observation, problem);
                return;
            }
        }
    }

    private static async ValueTask<ApiProblem?> FeatureProblemAsync(EntityPlan plan, PlannedObservation observation, bool hasPlace)
    {
        if (observation.Draft.Feature is { } named)
        {
            return await plan.FindAsync(EntityKind.FeatureOfInterest, named).ConfigureAwait(false) is null
                ? WriteProblems.Missing(EntityKind.FeatureOfInterest, named)
                : null;
        }

        return hasPlace || observation.Draft.NewFeature is not null ? null : FeatureResolution.NoPlace("The Thing of the Datastream");
    }

    /// <summary>Whether the stream's Thing will have a Location.</summary>
    private static async ValueTask<bool> HasPlaceAsync(EntityPlan plan, PlannedStream stream)
    {
        var inserted = plan.Changes.OfType<EntityChange.Insert>().First(i => i.Kind == stream.Kind && i.Id == stream.Id);
        var id = inserted.Links.First(l => l.Relation.Name is "Thing").Target;
        if (await plan.FindAsync(EntityKind.Thing, id).ConfigureAwait(false) is not { } thing)
        {
            return false;
        }

        return thing.Locations.Count > 0
            || plan.Changes.OfType<EntityChange.Update>().Any(u => u.Kind == EntityKind.Thing && u.Id == id && u.Links.Any(l => l.Relation.Name is "Locations"))
            || (await plan.AlongAsync(thing, "Locations").ConfigureAwait(false)).Count > 0;
    }
}
