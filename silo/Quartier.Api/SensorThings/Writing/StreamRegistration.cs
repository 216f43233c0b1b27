using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Quartier.Api.Http;
using Quartier.Contracts;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Registry;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Registers each Datastream and MultiDatastream as a sensor of its own behind the API's gateway, so that its name never changes.</summary>
internal sealed class StreamRegistration(EntityPlan plan)
{
    /// <summary>To whom the new stream belongs; null when the plan has a problem.</summary>
    public EntityOwner? Register(EntityBody body, long id, PlannedEntity thing, ImmutableArray<PlannedEntity> observed)
    {
        if (SiteOf(thing) is not { } site)
        {
            return null;
        }

        var values = new PlannedEntity(body.Kind, id, thing.Owner, isNew: true);
        values.Take(body.Values);
        var properties = PropertiesOf(observed);
        var name = values.Text("name")!;
        var sensor = plan.NewName(name, "datastream");
        if (Datastreams(values, properties, [.. observed.Select(o => o.Text("name") ?? string.Empty)]) is not { } datastreams)
        {
            return null;
        }

        plan.Put(RegistryEntries.Sensor(sensor, name, site, datastreams));
        plan.NewStreams.Add(new(body.Kind, id, GrainKeys.Sensor(plan.City, RegistryDoors.Gateway, sensor), properties));
        var key = body.Kind == EntityKind.Datastream ? $"stream/{RegistryDoors.Gateway}/{sensor}/{properties[0]}" : $"sensor/{RegistryDoors.Gateway}/{sensor}";
        return new(plan.City, site.District, key);
    }

    /// <summary>Writes the stream's entry anew after its values have changed.</summary>
    public void Renew(PlannedEntity stream, RegistryAddition entry)
    {
        var before = JsonNode.Parse(entry.Text!)!["datastreams"]!.AsArray();
        var properties = before.Select(d => (string)d!["property"]!).ToImmutableArray();
        var names = before.Select(d => (string)d!["name"]!).ToImmutableArray();
        var observed = stream.Kind == EntityKind.MultiDatastream ? names : [stream.Text("name")!];
        if (Datastreams(stream, properties, observed) is { } datastreams)
        {
            plan.Put(RegistryEntries.With(entry, ("name", JsonValue.Create(stream.Text("name"))), ("datastreams", new JsonArray([.. datastreams]))));
        }
    }

    /// <summary>Mounts the stream's sensor on another Thing.</summary>
    public bool Mount(PlannedEntity stream, PlannedEntity thing)
    {
        if (plan.Entry(stream) is not { } entry)
        {
            plan.Fail(WriteProblems.InFile($"The Thing of {stream.Kind}s({stream.Id})"));
            return false;
        }

        if (SiteOf(thing) is not { } site)
        {
            return false;
        }

        if (site.District != stream.Owner.District)
        {
            plan.Fail(WriteProblems.Conflict(
                $"Things({thing.Id}) is in the district {site.District}, the stream in {stream.Owner.District}, whose policy holds for its Observations. Create a new stream for the other Thing."));
            return false;
        }

        plan.Put(RegistryEntries.With(
            entry, ("asset", site.Asset is { } asset ? JsonValue.Create(asset) : null), ("location", RegistryEntries.Position(site.At))));
        return true;
    }

    private RegistrySite? SiteOf(PlannedEntity thing)
    {
        switch (thing.Owner.RegistryKey?.Split('/'))
        {
            case ["asset", var id] when plan.Addition(RegistryAdditionKind.Asset, id) is { } planned:
                var entry = JsonNode.Parse(planned.Text!)!;
                return new((string)entry["district"]!, (string)entry["office"]!, id, null);
            case ["asset", var id] when plan.Registry.Asset(id) is { } asset:
                return new(asset.District, asset.Office, id, null);
            case ["station", var gateway, var sensor] when plan.Registry.Sensor(gateway, sensor) is { } station:
                return new(station.District, station.Office, null, station.Location);
            default:
                plan.Fail(WriteProblems.Conflict($"Things({thing.Id}) is not registered any more. Read it again."));
                return null;
        }
    }

    private List<JsonObject>? Datastreams(PlannedEntity stream, ImmutableArray<string> properties, ImmutableArray<string> observed)
    {
        if (Own(stream, out var own) is { } problem)
        {
            plan.Fail(problem);
            return null;
        }

        var (name, question) = (stream.Text("name")!, stream.Text("description") ?? string.Empty);
        if (stream.Kind == EntityKind.Datastream)
        {
            using var unit = JsonDocument.Parse(stream.Text("unitOfMeasurement")!);
            return [RegistryEntries.Datastream(properties[0], name, UnitCode.Of(unit.RootElement), question, stream.Text("observationType")!, own)];
        }

        using var units = JsonDocument.Parse(stream.Text("unitOfMeasurements")!);
        using var types = JsonDocument.Parse(stream.Text("multiObservationDataTypes")!);
        if (units.RootElement.GetArrayLength() != properties.Length || types.RootElement.GetArrayLength() != properties.Length)
        {
            plan.Fail(WriteProblems.Bad($"A MultiDatastream keeps its {properties.Length} components: as many units and data types are expected."));
            return null;
        }

        return
        [
            .. properties.Select((p, i) => RegistryEntries.Datastream(
                p, observed[i].Length == 0 ? name : observed[i], UnitCode.Of(units.RootElement[i]), question, types.RootElement[i].GetString()!, own)),
        ];
    }

    private static ApiProblem? Own(PlannedEntity stream, out JsonObject? own)
    {
        own = null;
        if (stream.Text("properties") is not { } json || JsonNode.Parse(json)![RegistryEntries.OwnMember] is not { } member)
        {
            return null;
        }

        own = member as JsonObject;
        var known = string.Join(", ", RegistryEntries.OwnKeys);
        return own is not null && own.All(m => RegistryEntries.OwnKeys.Contains(m.Key))
            ? null
            : WriteProblems.Bad($"'properties/{RegistryEntries.OwnMember}' is what the registry keeps of the stream (docs/registry.md): an object with {known}.");
    }

    private static ImmutableArray<string> PropertiesOf(ImmutableArray<PlannedEntity> observed)
    {
        var properties = ImmutableArray.CreateBuilder<string>(observed.Length);
        foreach (var one in observed)
        {
            var property = RegisteredName.Property(one.Text("name") ?? string.Empty);
            properties.Add(properties.Contains(property) ? $"{property}-{properties.Count + 1}" : property);
        }

        return properties.MoveToImmutable();
    }
}
