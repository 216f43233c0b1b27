using System.Text.Json.Nodes;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.Time;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>An entity's own values as the JSON to which a JSON Patch applies.</summary>
internal static class EntityDocument
{
    public static JsonObject Of(Entity entity)
    {
        var document = new JsonObject();
        foreach (var property in EntityTypes.Of(entity.Kind).Properties.Skip(1).Where(p => !p.Derived))
        {
            if (Node(entity[property]) is { } value)
            {
                document[property.Name] = value;
            }
        }

        return document;
    }

    private static JsonNode? Node(EntityValue value) => value.Kind switch
    {
        ValueKind.Text => JsonValue.Create(value.Text),
        ValueKind.Json or ValueKind.Geometry => JsonNode.Parse(value.Text!),
        ValueKind.Instant => JsonValue.Create(IsoTime.Format(value.Start)),
        _ => null,
    };
}
