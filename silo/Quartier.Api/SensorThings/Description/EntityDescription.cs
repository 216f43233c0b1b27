using System.Text.Json.Nodes;
using Quartier.Api.Http;
using Quartier.Api.SensorThings.Formats;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Description;

/// <summary>The OpenAPI 3.1 document of the SensorThings API, written from the entity types: its routes are one to the framework.</summary>
internal static class EntityDescription
{
    public const string Address = "/openapi/sensorthings.json";

    private const string Problem = "Problem";

    /// <summary>The document for a server at this root.</summary>
    public static JsonObject Write(EntityLinks links)
    {
        var paths = new JsonObject
        {
            ["/"] = new JsonObject { ["get"] = Operation("getRoot", "Entity sets, conformance and MQTT endpoints.", [], Schema("Root")) },
        };
        foreach (var type in EntityTypes.All)
        {
            AddPaths(paths, type);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Quartier: OGC SensorThings API 1.1",
                ["version"] = "1.1",
                ["description"] = "OGC 18-088, Part 1: Sensing. Paths go on to any depth. Observations are shown as the district's policy permits.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = links.Root }),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["parameters"] = EntityParameters.Write(), ["schemas"] = Schemas() },
        };
    }

    private static void AddPaths(JsonObject paths, EntityType type)
    {
        var (set, name) = (type.SetName, type.Name);
        paths[$"/{set}"] = Get($"list{set}", $"A page of {set}.", EntityParameters.OfSet, Page(name));
        paths[$"/{set}/$count"] = Get($"count{set}", $"How many {set} there are.", EntityParameters.OfCount, new JsonObject { ["type"] = "integer" }, "text/plain");
        paths[$"/{set}/$ref"] = Get($"refer{set}", $"Links to {set}.", EntityParameters.OfSet, Page("Reference"));
        paths[$"/{set}({{id}})"] = Get($"get{name}", $"One {name}.", ["id", .. EntityParameters.OfOne], Schema(name));
        foreach (var property in type.Properties.Where(p => p.Index > 0))
        {
            var value = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { [property.Name] = Value(property) } };
            paths[$"/{set}({{id}})/{property.Name}"] = Get($"get{name}_{property.Name}", $"{property.Name} of one {name}; 204 when it has none.", ["id"], value);
            paths[$"/{set}({{id}})/{property.Name}/$value"] = Get(
                $"get{name}_{property.Name}_value", $"The bare {property.Name}; 204 when there is none.", ["id"], new JsonObject { ["type"] = "string" }, "text/plain");
        }

        foreach (var relation in type.Navigations)
        {
            var target = EntityTypes.Of(relation.Target).Name;
            paths[$"/{set}({{id}})/{relation.Name}"] = relation.Many
                ? Get($"list{name}{relation.Name}", $"A page of the {name}'s {relation.Name}.", ["id", .. EntityParameters.OfSet], Page(target))
                : Get($"get{name}{relation.Name}", $"The {name}'s {relation.Name}.", ["id", .. EntityParameters.OfOne], Schema(target));
        }
    }

    private static JsonObject Get(string id, string summary, IEnumerable<string> parameters, JsonObject schema, string contentType = "application/json") =>
        new() { ["get"] = Operation(id, summary, parameters, schema, contentType) };

    private static JsonObject Operation(string id, string summary, IEnumerable<string> parameters, JsonObject schema, string contentType = "application/json")
    {
        var responses = new JsonObject { ["200"] = Response("As asked for.", schema, contentType) };
        foreach (var (status, text) in new[] { ("400", "The address cannot be read, or costs too much."), ("401", "The credential is wrong."), ("403", "The district does not permit it."), ("404", "There is no such entity."), ("503", "Not available at present.") })
        {
            responses[status] = Response(text, Schema(Problem), ApiProblem.ContentType);
        }

        string[] common = ["purpose", "Quartier-Purpose", "as"];
        return new JsonObject
        {
            ["operationId"] = id,
            ["summary"] = summary,
            ["parameters"] = new JsonArray([.. parameters.Concat(common).Select(p => (JsonNode)new JsonObject { ["$ref"] = $"#/components/parameters/{p}" })]),
            ["responses"] = responses,
        };
    }

    private static JsonObject Response(string text, JsonObject schema, string contentType) => new()
    {
        ["description"] = text,
        ["content"] = new JsonObject { [contentType] = new JsonObject { ["schema"] = schema } },
    };

    private static JsonObject Schema(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private static JsonObject Page(string name) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("value"),
        ["properties"] = new JsonObject
        {
            ["@iot.count"] = new JsonObject { ["type"] = "integer" },
            ["@iot.nextLink"] = new JsonObject { ["type"] = "string", ["format"] = "uri" },
            ["value"] = new JsonObject { ["type"] = "array", ["items"] = Schema(name) },
        },
    };

    private static JsonObject Schemas()
    {
        var schemas = new JsonObject
        {
            ["Root"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["value"] = new JsonObject { ["type"] = "array" }, ["serverSettings"] = new JsonObject { ["type"] = "object" } } },
            ["Reference"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["@iot.selfLink"] = new JsonObject { ["type"] = "string", ["format"] = "uri" } } },
            [Problem] = new JsonObject
            {
                ["type"] = "object",
                ["required"] = new JsonArray("type", "title", "status", "detail", "code", "message"),
                ["properties"] = new JsonObject
                {
                    ["type"] = new JsonObject { ["type"] = "string" },
                    ["title"] = new JsonObject { ["type"] = "string" },
                    ["status"] = new JsonObject { ["type"] = "integer" },
                    ["detail"] = new JsonObject { ["type"] = "string" },
                    ["code"] = new JsonObject { ["type"] = "integer" },
                    ["message"] = new JsonObject { ["type"] = "string" },
                },
            },
        };
        foreach (var type in EntityTypes.All)
        {
            schemas[type.Name] = Entity(type);
        }

        return schemas;
    }

    private static JsonObject Entity(EntityType type)
    {
        var properties = new JsonObject
        {
            ["@iot.id"] = new JsonObject { ["type"] = "integer", ["format"] = "int64" },
            ["@iot.selfLink"] = new JsonObject { ["type"] = "string", ["format"] = "uri" },
        };
        foreach (var property in type.Properties.Where(p => p.Index > 0))
        {
            properties[property.Name] = Value(property);
        }

        foreach (var relation in type.Navigations)
        {
            properties[$"{relation.Name}@iot.navigationLink"] = new JsonObject { ["type"] = "string", ["format"] = "uri" };
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }

    private static JsonObject Value(EntityProperty property) => property.Type switch
    {
        ValueKind.Instant => new() { ["type"] = "string", ["format"] = "date-time" },
        ValueKind.Interval => new() { ["type"] = "string", ["description"] = "An instant, or an interval as start/end (ISO 8601)." },
        ValueKind.Geometry => new() { ["type"] = new JsonArray("object", "null"), ["description"] = "GeoJSON; null when it is left out." },
        ValueKind.Json => [],
        _ => new() { ["type"] = "string" },
    };
}
