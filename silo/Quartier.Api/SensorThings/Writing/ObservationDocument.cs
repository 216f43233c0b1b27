using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Quartier.Api.SensorThings.Answers;
using Quartier.Api.SensorThings.Formats;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>An Observation as the JSON that a change starts from, and that a change makes of it.</summary>
internal static class ObservationDocument
{
    private static readonly string[] s_shown = ["phenomenonTime", "resultTime", "result", "validTime", "parameters"];

    /// <summary>Its own values as a GET shows them; of its quality what its sender said.</summary>
    public static JsonObject Of(SeenObservation seen)
    {
        var shown = new Shown(seen.Row, seen.Sight, seen.IsTruth);
        var document = new JsonObject();
        foreach (var property in s_shown.Select(name => EntityTypes.Of(EntityKind.Observation).Property(name)!).Where(p => ObservationJson.Has(shown, p)))
        {
            document[property.Name] = Node(shown, property);
        }

        if (seen.Row.Annotation?.ResultQuality is { } quality)
        {
            document["resultQuality"] = JsonNode.Parse(quality);
        }

        return document;
    }

    /// <summary>The Observation after the change; null with what is wrong.</summary>
    /// <param name="before">As it is; stays so.</param>
    /// <param name="change">A body, or a JSON Patch.</param>
    /// <param name="form">Which of them, and whether what it does not name is taken away.</param>
    /// <param name="problem">What is wrong; otherwise null.</param>
    public static JsonObject? Changed(JsonObject before, JsonElement change, ChangeForm form, out BodyProblem? problem)
    {
        problem = null;
        if (form == ChangeForm.Patch)
        {
            var patched = JsonPatch.Apply(before, change, out problem);
            problem ??= patched is JsonObject ? null : new(string.Empty, "the JSON Patch leaves no Observation");
            return patched as JsonObject;
        }

        if (change.ValueKind != JsonValueKind.Object)
        {
            problem = new(string.Empty, "a JSON object that describes an Observation is expected");
            return null;
        }

        var after = form == ChangeForm.Merge ? before.DeepClone().AsObject() : [];
        foreach (var member in change.EnumerateObject().Where(m => !m.Name.Contains("@iot.", StringComparison.Ordinal)))
        {
            after[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        if (form == ChangeForm.Replace && !after.ContainsKey("phenomenonTime"))
        {
            // It says which Observation this is, and stays when nothing is said of it.
            after["phenomenonTime"] = before["phenomenonTime"]!.DeepClone();
        }

        return after;
    }

    /// <summary>The quality as a GET shows it, with what is held against the readings: whoever sends that back says nothing new.</summary>
    public static JsonNode? ShownQuality(SeenObservation seen) =>
        Node(new Shown(seen.Row, seen.Sight, seen.IsTruth), EntityTypes.Of(EntityKind.Observation).Property("resultQuality")!);

    private static JsonNode? Node(Shown shown, EntityProperty property)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            ObservationJson.WriteValue(json, shown, property);
        }

        return JsonNode.Parse(buffer.WrittenSpan);
    }

    /// <summary>Names of the members that differ.</summary>
    public static IEnumerable<string> Differences(JsonObject before, JsonObject after) => before.Select(m => m.Key).Union(after.Select(m => m.Key))
        .Where(name => !JsonNode.DeepEquals(before[name], after[name])).Order(StringComparer.Ordinal);
}
