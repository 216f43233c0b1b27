using System.Collections.Immutable;
using System.Diagnostics;
using Quartier.Api.Native.Districts;
using Quartier.Api.SensorThings.Writing;
using Quartier.Contracts.Districts;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Principals;

namespace Quartier.Api.SensorThings.Districts;

/// <summary>
/// Which FeaturesOfInterest there are for the caller. It is asked for where features are looked at by themselves; where an Observation leads to its feature, the
/// Observation has been decided on.
/// </summary>
internal sealed class SeenFeatures(CityDesks desks, ObservationAccess access, PublicDecisions decisions, NamingStreams naming)
{
    /// <summary>What the caller sees, where nobody counts what it costs.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    public async ValueTask<FeatureSight> FindAsync(CancellationToken cancellationToken) =>

        // A sight without features is one of all of them: it must not come about by a failure.
        await FindAsync(cost: null, cancellationToken).ConfigureAwait(false) ?? throw new UnreachableException("Nobody counts, so nothing is too dear.");

    /// <summary>What the caller sees; null when to find out costs more than the request may.</summary>
    /// <param name="cost">What the request may cost; null when nobody counts.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async ValueTask<FeatureSight?> FindAsync(IQuestionCost? cost, CancellationToken cancellationToken)
    {
        // Each stands in the statement, whatever is known of it already.
        if (await naming.FindAsync(cost, cancellationToken).ConfigureAwait(false) is not { } sources || cost?.TrySpend(sources.Length) == false)
        {
            return null;
        }

        var denied = ImmutableHashSet.CreateBuilder<(EntityKind, long)>();
        var own = desks.Cities.Where(c => desks.Of(c) is { } desk && Rights.Allows(desk.Caller.Principal, Right.ApplyRegistry, c)).ToImmutableHashSet(StringComparer.Ordinal);
        foreach (var city in sources.Where(s => !own.Contains(s.Owner.City)).Select(access.Registered).GroupBy(r => r.Source.Owner.City, StringComparer.Ordinal))
        {
            // Whoever writes them knows what was written.
            var open = city.Where(r => r.Desk is not { } desk || !StreamWriters.Allows(desk.Caller.Principal, city.Key, r.Sensor!)).ToList();
            if (await DeniedAsync(open, cost, cancellationToken).ConfigureAwait(false) is not { } found)
            {
                return null;
            }

            denied.UnionWith(found);
        }

        return new(denied.ToImmutable(), own);
    }

    /// <summary>Those of a city's streams of which not even the coarsest may be known.</summary>
    private async ValueTask<IEnumerable<(EntityKind, long)>?> DeniedAsync(List<RegisteredSource> sources, IQuestionCost? cost, CancellationToken cancellationToken)
    {
        if (sources.Find(s => s.Desk is not null)?.Desk is not { } desk)
        {
            return sources.Select(s => (s.Source.Kind, s.Source.Id));
        }

        // Nobody reads a value by it, so nothing of it goes to the ledger.
        var streams = sources.SelectMany(s => s.Names, (s, name) => (s.Source.Owner.District!, name));
        return await decisions.DecideAsync(desk.Caller, desk.City, streams, Resolution.Month, cost, cancellationToken).ConfigureAwait(false) is { } decided
            ? sources.Where(s => s.Desk is null || !s.Names.All(n => decided[(s.Source.Owner.District!, n)].Permitted)).Select(s => (s.Source.Kind, s.Source.Id))
            : null;
    }
}
