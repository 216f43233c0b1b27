using System.Text.Json.Nodes;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Registers;
using Quartier.Domain.SensorThings.Units;
using Quartier.Domain.Time;

namespace Quartier.Domain.SensorThings.Registered;

/// <summary>Sensors, ObservedProperties and Datastreams, these with what a policy owes to everybody whom it concerns (G1).</summary>
internal sealed class StreamEntities(RegisterBasis basis)
{
    private const string ObservationTypes = "http://www.opengis.net/def/observationType/OGC-OM/2.0/";
    private const long MsPerDay = 86_400_000;

    private readonly SensorRegister _register = new(basis);
    private readonly CityDefinition _city = basis.Registry.City;

    /// <summary>One for each name: the registry knows no other difference between properties.</summary>
    public IEnumerable<RegisteredEntity> Properties(IEnumerable<SensorDefinition> sensors) =>
        sensors.SelectMany(s => s.Datastreams).DistinctBy(d => d.Property, StringComparer.Ordinal).Select(d =>
        {
            var label = QuantityKinds.Label(d.Property) ?? new(d.Name, d.Name);
            return new RegisteredEntity(
                EntityKind.ObservedProperty,
                new(_city.Id, null, RegistryKeys.Property(d.Property)),
                EntityText.Settings(
                    EntityKind.ObservedProperty,
                    ("name", EntityValue.Of(label.De)),
                    ("definition", EntityValue.Of(QuantityKinds.Definition(d.Property))),
                    ("description", EntityValue.Of(label.En)),
                    ("properties", EntityText.Json(new JsonObject { ["city"] = _city.Id, ["property"] = d.Property, ["label"] = EntityText.Both(label) }))),
                [],
                []);
        });

    public RegisteredEntity Sensor(SensorDefinition sensor)
    {
        var gateway = basis.Registry.Gateway(sensor.Gateway);
        var metadata = new JsonObject { ["gateway"] = sensor.Gateway, ["gatewayName"] = gateway?.Name ?? sensor.Gateway, ["sensor"] = sensor.Id };
        var properties = new JsonObject
        {
            ["city"] = _city.Id,
            ["district"] = sensor.District,
            ["office"] = sensor.Office,
            ["registryId"] = RegistryKeys.Sensor(sensor),
        };
        return new(
            EntityKind.Sensor,
            new(_city.Id, sensor.District, RegistryKeys.Sensor(sensor)),
            EntityText.Settings(
                EntityKind.Sensor,
                ("name", EntityValue.Of(sensor.Name)),
                ("description", EntityValue.Of($"Sensor {sensor.Id}, {gateway?.Name ?? sensor.Gateway}")),
                ("encodingType", EntityValue.Of("application/json")),
                ("metadata", EntityText.Json(metadata)),
                ("properties", EntityText.Json(properties))),
            [],
            []);
    }

    public RegisteredEntity Datastream(SensorDefinition sensor, DatastreamDefinition datastream, int number)
    {
        var thing = RegistryKeys.Thing(sensor);
        var unit = UcumUnits.Describe(datastream.Unit);
        var values = EntityText.Settings(
            EntityKind.Datastream,
            ("name", EntityValue.Of($"{sensor.Name}: {datastream.Name}")),
            ("description", EntityValue.Of(datastream.Question)),
            ("observationType", EntityValue.Of(ObservationTypes + (IsCount(datastream) ? "OM_CountObservation" : "OM_Measurement"))),
            ("unitOfMeasurement", EntityText.Json(new JsonObject { ["name"] = unit.Name, ["symbol"] = unit.Symbol, ["definition"] = unit.Definition })),
            ("properties", EntityText.Json(Properties(sensor, datastream))));
        RegisteredLink[] links =
        [
            EntityText.Link(EntityKind.Datastream, "Thing", thing),
            EntityText.Link(EntityKind.Datastream, "Sensor", RegistryKeys.Sensor(sensor)),
            EntityText.Link(EntityKind.Datastream, "ObservedProperty", RegistryKeys.Property(datastream.Property)),
            .. HasPlace(sensor) ? [new RegisteredLink(null, thing)] : Array.Empty<RegisteredLink>(),
        ];
        return new(EntityKind.Datastream, new(_city.Id, sensor.District, RegistryKeys.Stream(sensor, datastream.Property)), values, [.. links], [number]);
    }

    /// <summary>Counted things that add up stay whole numbers in windows too; means do not.</summary>
    private static bool IsCount(DatastreamDefinition datastream) => datastream.SumInDistrict && datastream.Unit.StartsWith('{');

    private bool HasPlace(SensorDefinition sensor) =>
        sensor.Asset is { } asset ? basis.Registry.Asset(asset)?.Location is not null : sensor.Location is not null;

    private JsonObject Properties(SensorDefinition sensor, DatastreamDefinition datastream)
    {
        var entry = _register.Entry(sensor, datastream);
        var properties = new JsonObject
        {
            ["city"] = _city.Id,
            ["district"] = sensor.District,
            ["registryId"] = RegistryKeys.Stream(sensor, datastream.Property),
            ["class"] = entry.Class,
            ["quarantine"] = entry.Quarantine,
            ["office"] = Office(entry.Office),
            ["question"] = entry.Question,
            ["purposes"] = new JsonArray([.. entry.Purposes.Select(Purpose)]),
            ["retention"] = Retention(entry),
            ["countsPeople"] = entry.CountsPeople,
        };
        if (entry.Operator is { } operates)
        {
            properties["operator"] = operates;
        }

        if (datastream.IntervalMs > 0)
        {
            properties["interval"] = IsoDuration.Format(datastream.IntervalMs);
        }

        if (!datastream.Codes.IsEmpty)
        {
            properties["codes"] = new JsonArray([.. datastream.Codes.Select(
                c => (JsonNode)new JsonObject { ["code"] = c.Code, ["label"] = c.Label, ["text"] = EntityText.Both(c.Text) })]);
        }

        return properties;
    }

    private static JsonObject Retention(RegisterEntry entry)
    {
        var kept = new JsonObject();
        foreach (var part in entry.Retention)
        {
            kept[part.Resolution] = IsoDuration.Format(part.Days * MsPerDay);
        }

        return kept;
    }

    private static JsonObject Office(OfficeDefinition office) => new() { ["id"] = office.Id, ["name"] = office.Name };

    private static JsonNode Purpose(RegisterPurpose purpose) => new JsonObject
    {
        ["id"] = purpose.Id,
        ["name"] = purpose.Name,
        ["question"] = purpose.Question,
        ["legalBasis"] = purpose.LegalBasis,
        ["office"] = Office(purpose.Office),
    };
}
