using System.Text.Json.Nodes;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Description;

/// <summary>Parameters of the SensorThings API for its description.</summary>
internal static class EntityParameters
{
    public static IReadOnlyList<string> OfOne { get; } = ["select", "expand"];

    public static IReadOnlyList<string> OfCount { get; } = ["filter"];

    public static IReadOnlyList<string> OfSet { get; } = ["filter", "orderby", "top", "skip", "skiptoken", "count", "select", "expand", "resultFormat"];

    public static JsonObject Write() => new()
    {
        ["id"] = Of("id", "path", "The id: a number, also in quotes.", Whole(), isRequired: true),
        ["filter"] = Of("$filter", "query", "Which entities (OGC 18-088, 9.3.3.5).", Text()),
        ["orderby"] = Of("$orderby", "query", "In which order.", Text()),
        ["top"] = Of("$top", "query", $"Entities of a page, at most {QueryLimits.MostTop}; {QueryLimits.DefaultTop} unless it is said.", Whole()),
        ["skip"] = Of("$skip", "query", "How many to leave out. @iot.nextLink goes on without counting them again.", Whole()),
        ["skiptoken"] = Of("$skiptoken", "query", "Where the page begins; from @iot.nextLink.", Text()),
        ["count"] = Of("$count", "query", "Whether to say how many there are.", new JsonObject { ["type"] = "boolean" }),
        ["select"] = Of("$select", "query", "What to show.", Text()),
        ["expand"] = Of("$expand", "query", "Which related entities to show, with options of their own in parentheses.", Text()),
        ["resultFormat"] = Of("$resultFormat", "query", "dataArray for Observations, CSV or GeoJSON.", new JsonObject { ["enum"] = new JsonArray("dataArray", "CSV", "GeoJSON") }),
        ["purpose"] = Of("purpose", "query", "Id of the purpose for which is read.", Text()),
        ["Quartier-Purpose"] = Of("Quartier-Purpose", "header", "The same.", Text()),
        ["as"] = Of("as", "query", "Shows what everybody sees.", new JsonObject { ["enum"] = new JsonArray("public") }),
    };

    private static JsonObject Of(string name, string place, string description, JsonObject schema, bool isRequired = false) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = isRequired,
        ["description"] = description,
        ["schema"] = schema,
    };

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject Whole() => new() { ["type"] = "integer", ["format"] = "int64" };
}
