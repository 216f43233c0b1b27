using System.Collections.Immutable;
using Quartier.Api.Native.Districts;
using Quartier.Api.Native.Sensors;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Registered;

namespace Quartier.Api.SensorThings.Districts;

/// <summary>
/// The Locations and FeaturesOfInterest whose geometry the caller may not know, by the rule of the native API (<see cref="Places"/>). In cities whose
/// grants leave no place out it costs one look at the policies.
/// </summary>
internal sealed class HiddenPlaces(CityDesks desks, IPolicies policies, PublicDecisions decisions, ThingPlaces places)
{
    private ThingPlace? _hidden;

    /// <summary>Ids of Locations and of FeaturesOfInterest; null when to find out costs more than the request may.</summary>
    /// <param name="cost">What the request may cost; null when nobody counts.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async ValueTask<ThingPlace?> FindAsync(IQuestionCost? cost, CancellationToken cancellationToken)
    {
        if (_hidden is not null)
        {
            return _hidden;
        }

        var (locations, features) = (ImmutableHashSet.CreateBuilder<long>(), ImmutableHashSet.CreateBuilder<long>());
        foreach (var desk in desks.Cities.Select(desks.Of).OfType<CityDesk>())
        {
            if (await ThingsAsync(desk, cost, cancellationToken).ConfigureAwait(false) is not { } things)
            {
                return null;
            }

            foreach (var key in things)
            {
                if (await places.OfAsync(desk.City.Id, key, cost, cancellationToken).ConfigureAwait(false) is not { } place)
                {
                    return null;
                }

                locations.UnionWith(place.Locations);
                features.UnionWith(place.Features);
            }
        }

        return _hidden = new(locations.ToImmutable(), features.ToImmutable());
    }

    /// <summary>Registry keys of the Things whose place is hidden: those of protected sensors, and the assets that they feed.</summary>
    private async Task<HashSet<string>?> ThingsAsync(CityDesk desk, IQuestionCost? cost, CancellationToken cancellationToken)
    {
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        if (policies.Find(desk.City.Id) is not { } policy || Places.ProtectedIn(policy, desk.City) is not { IsEmpty: false } sensors)
        {
            return hidden;
        }

        // Whether a place may be shown is asked aside: nobody reads a value by it, so nothing of it goes to the ledger.
        var streams = sensors.SelectMany(s => s.Datastreams, (s, d) => (s.District, Decisions.Name(s, d.Property)));
        if (await decisions.DecideAsync(desk.Caller, desk.City, streams, Resolution.Raw, cost, cancellationToken).ConfigureAwait(false) is not { } decided)
        {
            return null;
        }

        var left = sensors.Where(s => Places.IsLeftOut([.. s.Datastreams.Select(d => decided[(s.District, Decisions.Name(s, d.Property))])])).ToList();
        hidden.UnionWith(left.Select(RegistryKeys.Thing));
        var names = left.Select(s => (s.Gateway, s.Id)).ToHashSet();
        hidden.UnionWith(desk.City.City.Assets.Where(a => a.Bindings.Any(b => names.Contains((b.Gateway, b.Sensor)))).Select(a => RegistryKeys.Asset(a.Id)));
        return hidden;
    }
}
