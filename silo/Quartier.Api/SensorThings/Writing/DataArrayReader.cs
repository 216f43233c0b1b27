using System.Text.Json;
using Quartier.Api.Http;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Reads the data-array form of many Observations (OGC 18-088, 13.2).</summary>
internal static class DataArrayReader
{
    private static readonly string[] s_known = ["phenomenonTime", "resultTime", "result", "resultQuality", "validTime", "parameters", "FeatureOfInterest/id"];

    /// <summary>The Observations in their order; those that cannot be read have their problem. A problem of its own when nothing can be.</summary>
    public static Outcome<List<PostedObservation>> Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Array)
        {
            return WriteProblems.Bad("A list of {\"Datastream\": {\"@iot.id\": 1}, \"components\": […], \"dataArray\": [[…], …]} is expected.");
        }

        var all = new List<PostedObservation>();
        foreach (var block in body.EnumerateArray())
        {
            if (ReadBlock(block, all) is { } problem)
            {
                return problem;
            }

            if (all.Count > BodyLimits.MaxObservations)
            {
                return WriteProblems.Body(new(string.Empty, $"more than {BodyLimits.MaxObservations} Observations in one body. Send them in parts") { IsTooMuch = true });
            }
        }

        return all;
    }

    private static ApiProblem? ReadBlock(JsonElement block, List<PostedObservation> all)
    {
        if (block.ValueKind != JsonValueKind.Object || Stream(block) is not { } stream)
        {
            return WriteProblems.Bad("Each block names its Datastream or MultiDatastream by a link such as {\"@iot.id\": 1}.");
        }

        if (!block.TryGetProperty("components", out var components) || components.ValueKind != JsonValueKind.Array
            || components.EnumerateArray().Any(c => c.ValueKind != JsonValueKind.String || !s_known.Contains(c.GetString())))
        {
            return WriteProblems.Bad($"'components' is a list of {string.Join(", ", s_known)}.");
        }

        if (!block.TryGetProperty("dataArray", out var rows) || rows.ValueKind != JsonValueKind.Array)
        {
            return WriteProblems.Bad("'dataArray' is a list of rows, each with a value for each component.");
        }

        if (block.TryGetProperty("dataArray@iot.count", out var count) && !(count.TryGetInt32(out var said) && said == rows.GetArrayLength()))
        {
            return WriteProblems.Bad($"'dataArray@iot.count' is not the number of rows, which is {rows.GetArrayLength()}. Leave it out, or correct it.");
        }

        string[] names = [.. components.EnumerateArray().Select(c => c.GetString()!)];
        foreach (var row in rows.EnumerateArray())
        {
            all.Add(Row(row, names, stream));
        }

        return null;
    }

    private static (EntityKind Kind, long Id)? Stream(JsonElement block)
    {
        foreach (var kind in (ReadOnlySpan<EntityKind>)[EntityKind.Datastream, EntityKind.MultiDatastream])
        {
            if (block.TryGetProperty(kind.ToString(), out var link) && link.ValueKind == JsonValueKind.Object
                && link.TryGetProperty("@iot.id", out var written) && BodyReader.TryId(written, out var id))
            {
                return (kind, id);
            }
        }

        return null;
    }

    private static PostedObservation Row(JsonElement row, string[] names, (EntityKind Kind, long Id) stream)
    {
        if (ObservationRowReader.Read(row, names, out var problem) is { } draft)
        {
            return new(stream.Kind, stream.Id, draft);
        }

        return new(stream.Kind, stream.Id, new(null, ObservationResult.Of(0), null, null, null, null)) { Problem = WriteProblems.Body(problem!) };
    }
}
