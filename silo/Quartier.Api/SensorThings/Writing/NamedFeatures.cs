using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Api.SensorThings.Districts;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Principals;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>
/// FeaturesOfInterest that an Observation names by their ids. Whoever names one shows it to all who read the Observation, and so may name only what they see; whoever
/// changes the registry sees all of the city's.
/// </summary>
internal sealed class NamedFeatures(WritePorts ports, IServiceScopeFactory scopes)
{
    /// <summary>Notes for each Observation that names a feature that is not there for the caller that there is no such feature.</summary>
    public async ValueTask CheckAsync(Caller caller, StreamTarget target, List<PostedObservation> observations, CancellationToken cancellationToken)
    {
        if (Rights.Allows(caller.Principal, Right.ApplyRegistry, target.City))
        {
            return;
        }

        // Of what the stream tells anyway, whoever sends its Observations knows.
        var named = observations.Where(o => o.Problem is null && o.Draft.Feature is { } feature && target.Features?.Names(feature) != true).ToList();
        if (named.Count == 0)
        {
            return;
        }

        var seen = await SeenAsync(caller, [.. named.Select(o => o.Draft.Feature!.Value).Distinct()], cancellationToken).ConfigureAwait(false);
        foreach (var observation in named.Where(o => !seen.Contains(o.Draft.Feature!.Value)))
        {
            observation.Problem = WriteProblems.Missing(EntityKind.FeatureOfInterest, observation.Draft.Feature!.Value);
        }
    }

    private async Task<ImmutableHashSet<long>> SeenAsync(Caller caller, ImmutableArray<long> ids, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            scope.ServiceProvider.GetRequiredService<CityDesks>().Caller = caller;
            var features = await scope.ServiceProvider.GetRequiredService<SeenFeatures>().FindAsync(cancellationToken).ConfigureAwait(false);
            var sight = EntitySight.Entities with { Features = features };
            var seen = ImmutableHashSet.CreateBuilder<long>();
            foreach (var id in ids)
            {
                var path = new ResourcePath([new(EntityKind.FeatureOfInterest, null, id)], null, [], PathEnd.Entities);
                var outcome = await ports.Entities.FindAsync(new(path, QueryOptions.None, ports.NowMs, sight, QueryLimits.Default), cancellationToken).ConfigureAwait(false);
                if (outcome.Value?.Entities is [_])
                {
                    seen.Add(id);
                }
            }

            return seen.ToImmutable();
        }
    }
}
