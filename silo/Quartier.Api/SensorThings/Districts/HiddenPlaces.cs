using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Api.Native.Districts;
using Quartier.Api.Native.Sensors;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Policies;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Registered;

namespace Quartier.Api.SensorThings.Districts;

/// <summary>
/// The Locations and FeaturesOfInterest whose geometry the caller may not know, by the rule of the native API (<see cref="Places"/>). In cities whose
/// grants leave no place out it costs one look at the policies.
/// </summary>
internal sealed class HiddenPlaces(
    CityDesks desks, IPolicies policies, IEntityStore entities, IGrainFactory grains, ILedger ledger, TimeProvider time, RequestLanguage language)
{
    private static readonly Navigation ToLocations = EntityTypes.Of(EntityKind.Thing).Navigation("Locations")!;
    private static readonly Navigation ToHistory = EntityTypes.Of(EntityKind.Thing).Navigation("HistoricalLocations")!;
    private static readonly Navigation FromHistory = EntityTypes.Of(EntityKind.HistoricalLocation).Navigation("Locations")!;

    private ImmutableHashSet<long> _locations = [];
    private ImmutableHashSet<long> _features = [];
    private bool _isKnown;

    /// <summary>Ids of Locations and of FeaturesOfInterest.</summary>
    public async ValueTask<(ImmutableHashSet<long> Locations, ImmutableHashSet<long> Features)> FindAsync(CancellationToken cancellationToken)
    {
        if (_isKnown)
        {
            return (_locations, _features);
        }

        foreach (var desk in desks.Cities.Where(IsAnyLeftOut).Select(desks.Of).OfType<CityDesk>())
        {
            foreach (var key in await ThingsAsync(desk, cancellationToken).ConfigureAwait(false))
            {
                await HideAsync(desk.City.Id, key, cancellationToken).ConfigureAwait(false);
            }
        }

        _isKnown = true;
        return (_locations, _features);
    }

    private bool IsAnyLeftOut(string city) =>
        policies.Find(city)?.Districts.Values.Any(d => d.Merged.Grants.Any(g => g.Redactions.HasFlag(Redactions.Location))) == true;

    /// <summary>Registry keys of the Things whose place is hidden: those of protected sensors, and the assets that they feed.</summary>
    private async Task<HashSet<string>> ThingsAsync(CityDesk desk, CancellationToken cancellationToken)
    {
        // Whether a place may be shown is asked aside: nobody reads a value by it, so nothing of it goes to the ledger.
        var places = new Places(policies, new Decisions(grains, new ReadRecord(ledger, time), language));
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        var sensors = new HashSet<(string Gateway, string Sensor)>();
        foreach (var sensor in desk.City.City.Sensors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await places.IsLeftOutAsync(desk.Caller, desk.City, sensor).ConfigureAwait(false))
            {
                hidden.Add(RegistryKeys.Thing(sensor));
                sensors.Add((sensor.Gateway, sensor.Id));
            }
        }

        var fed = desk.City.City.Assets.Where(a => a.Bindings.Any(b => sensors.Contains((b.Gateway, b.Sensor))));
        hidden.UnionWith(fed.Select(a => RegistryKeys.Asset(a.Id)));
        return hidden;
    }

    private async Task HideAsync(string city, string key, CancellationToken cancellationToken)
    {
        if (await entities.FindRegisteredAsync(EntityKind.FeatureOfInterest, city, key, cancellationToken).ConfigureAwait(false) is { } feature)
        {
            _features = _features.Add(feature.Id);
        }

        if (await entities.FindRegisteredAsync(EntityKind.Location, city, key, cancellationToken).ConfigureAwait(false) is { } location)
        {
            _locations = _locations.Add(location.Id);
        }

        if (await entities.FindRegisteredAsync(EntityKind.Thing, city, key, cancellationToken).ConfigureAwait(false) is not { } thing)
        {
            return;
        }

        // Where it was before tells as much as where it is.
        var now = await RelatedAsync(ToLocations, [thing.Id], cancellationToken).ConfigureAwait(false);
        var past = await RelatedAsync(ToHistory, [thing.Id], cancellationToken).ConfigureAwait(false);
        var then = await RelatedAsync(FromHistory, past, cancellationToken).ConfigureAwait(false);
        _locations = _locations.Union(now).Union(then);
    }

    private async Task<ImmutableArray<long>> RelatedAsync(Navigation relation, ImmutableArray<long> parents, CancellationToken cancellationToken)
    {
        if (parents.IsEmpty)
        {
            return [];
        }

        var query = new RelatedQuery(
            relation, parents, QueryOptions.None with { Top = QueryLimits.MostTop }, time.GetUtcNow().ToUnixTimeMilliseconds(), EntitySight.Entities, QueryLimits.Default);
        var outcome = await entities.RelatedAsync(query, cancellationToken).ConfigureAwait(false);
        return outcome.Try(out var pages, out var problem)
            ? [.. pages.Pages.SelectMany(p => p.Entities).Select(e => e.Id)]
            : throw new InvalidOperationException(problem.Text);
    }
}
