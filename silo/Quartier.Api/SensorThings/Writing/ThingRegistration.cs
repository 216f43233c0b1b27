using System.Collections.Immutable;
using System.Text.Json;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Policies;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Registers Things as assets, and keeps their places.</summary>
internal sealed class ThingRegistration(EntityPlan plan)
{
    private static readonly Navigation s_locations = EntityTypes.Of(EntityKind.Thing).Navigation("Locations")!;

    /// <summary>To whom the new Thing belongs; null when the plan has a problem.</summary>
    public EntityOwner? Register(EntityBody body, ImmutableArray<PlannedEntity> locations)
    {
        using var properties = Properties(body.Value("properties"));
        var at = PlaceOf(locations);
        if (DistrictOf(Word(properties, "district"), at) is not { } district)
        {
            return null;
        }

        var id = plan.NewName(body.Value("name")!.Value.Text!, "thing");
        plan.Put(RegistryEntries.Asset(id, district.Id, Word(properties, "office") ?? district.Office, body.Value("name")!.Value.Text!, at));
        return new(plan.City, district.Id, $"asset/{id}");
    }

    /// <summary>A member of a Thing's properties that is a word.</summary>
    public static string? Word(JsonDocument? properties, string name) =>
        properties is not null && properties.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The properties as JSON; null when there are none.</summary>
    public static JsonDocument? Properties(EntityValue? value) => value is { Text: { } json } ? JsonDocument.Parse(json) : null;

    /// <summary>The Thing is at these Locations from now on.</summary>
    public void Move(PlannedEntity thing, IReadOnlyList<PlannedEntity> locations)
    {
        Place(thing, locations);
        plan.Add(new EntityChange.Update(EntityKind.Thing, thing.Id, null, [], [.. locations.Select(l => new EntityLink(s_locations, l.Id))]));
        if (thing.IsNew)
        {
            thing.Locations.Clear();
            thing.Locations.AddRange(locations.Select(l => l.Id));
        }
    }

    /// <summary>Registers where the Thing is.</summary>
    public void Place(PlannedEntity thing, IReadOnlyList<PlannedEntity> locations)
    {
        if (plan.Entry(thing) is not { } entry)
        {
            plan.Fail(WriteProblems.InFile($"Where Things({thing.Id}) is"));
            return;
        }

        var at = PlaceOf(locations);
        plan.Put(RegistryEntries.With(entry, ("location", RegistryEntries.Position(at))));
    }

    /// <summary>The Locations of a Thing, stored or new.</summary>
    public async ValueTask<IReadOnlyList<PlannedEntity>> LocationsAsync(PlannedEntity thing)
    {
        if (!thing.IsNew)
        {
            return await plan.AlongAsync(thing, "Locations").ConfigureAwait(false);
        }

        var found = new List<PlannedEntity>();
        foreach (var id in thing.Locations)
        {
            if (await plan.FindAsync(EntityKind.Location, id).ConfigureAwait(false) is { } location)
            {
                found.Add(location);
            }
        }

        return found;
    }

    private static Location? PlaceOf(IEnumerable<PlannedEntity> locations) => locations
        .Select(l => l.Text("location") is { } geometry ? BodyGeometry.Middle(geometry) : null)
        .FirstOrDefault(at => at is not null);

    /// <summary>The district that is named, else the one whose outline holds the place, else the only one.</summary>
    private DistrictDefinition? DistrictOf(string? named, Location? at)
    {
        var districts = plan.Registry.City.Districts;
        var known = string.Join(", ", districts.Take(20).Select(d => d.Id));
        if (named is not null)
        {
            var district = plan.Registry.District(named);
            if (district is null)
            {
                plan.Fail(WriteProblems.Bad($"'properties/district': there is no district of that name in {plan.City}. There are {known}."));
            }

            return district;
        }

        var around = at is { } place ? districts.FirstOrDefault(d => !d.Outline.IsEmpty && Ring.Contains(d.Outline, place)) : null;
        if (around is null && districts.Length > 1)
        {
            plan.Fail(WriteProblems.Bad(
                $"It is not clear to which district of {plan.City} the Thing belongs, and the district decides on what it measures. Name it in 'properties/district' ({known}), or give a Location within its outline."));
            return null;
        }

        return around ?? districts[0];
    }
}
