using System.Text.Json.Nodes;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings.Registered;

/// <summary>Things, with the Location where they are and the FeatureOfInterest of which their readings tell.</summary>
internal sealed class ThingEntities(RegistrySnapshot registry)
{
    private const string Station = "Messstelle";

    public IEnumerable<RegisteredEntity> Of(AssetDefinition asset)
    {
        var key = RegistryKeys.Asset(asset.Id);
        var type = registry.AssetType(asset.Type);
        var properties = Properties(asset.District, asset.Office, key);
        properties["type"] = asset.Type;
        if (type is not null)
        {
            properties["typeName"] = EntityText.Both(type.Name);
        }

        foreach (var (name, value) in asset.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            properties[name] = value;
        }

        return Entities(new(registry.City.Id, asset.District, key), asset.Name, type?.Name.De ?? asset.Type, properties, asset.Location);
    }

    public IEnumerable<RegisteredEntity> Of(SensorDefinition sensor)
    {
        var key = RegistryKeys.Station(sensor);
        var properties = Properties(sensor.District, sensor.Office, key);
        return Entities(new(registry.City.Id, sensor.District, key), sensor.Name, Station, properties, sensor.Location);
    }

    private static IEnumerable<RegisteredEntity> Entities(EntityOwner owner, string name, string description, JsonObject properties, Location? place)
    {
        RegisteredLink[] at = place is null ? [] : [EntityText.Link(EntityKind.Thing, "Locations", owner.RegistryKey!)];
        var thing = EntityText.Settings(
            EntityKind.Thing,
            ("name", EntityValue.Of(name)),
            ("description", EntityValue.Of(description)),
            ("properties", EntityText.Json(properties)));
        if (place is { } position)
        {
            yield return Place(EntityKind.Location, "location", owner, name, position);
            yield return Place(EntityKind.FeatureOfInterest, "feature", owner, name, position);
        }

        yield return new(EntityKind.Thing, owner, thing, [.. at], []);
    }

    private static RegisteredEntity Place(EntityKind kind, string property, EntityOwner owner, string name, Location position) => new(
        kind,
        owner,
        EntityText.Settings(
            kind,
            ("name", EntityValue.Of(name)),
            ("description", EntityValue.Of($"Standort: {name}")),
            ("encodingType", EntityValue.Of(EntityText.GeoJson)),
            (property, EntityText.Point(position))),
        [],
        []);

    private JsonObject Properties(string district, string office, string key) => new()
    {
        ["city"] = registry.City.Id,
        ["district"] = district,
        ["districtName"] = registry.District(district)?.Name ?? district,
        ["office"] = office,
        ["registryId"] = key,
    };
}
