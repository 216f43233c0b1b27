using System.Collections.Immutable;
using System.Text.Json;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>Reads an Observation (OGC 18-088, 8.2.8).</summary>
internal static class ObservationReader
{
    /// <summary>The Observation; null with what is wrong, or when the reader of entities has noted it.</summary>
    public static ObservationDraft? Read(JsonElement body, BodyReader entities, out BodyProblem? problem)
    {
        problem = null;
        var members = new ObservationMembers();
        EntityBody? feature = null;
        foreach (var member in body.EnumerateObject())
        {
            if (IsNewStream(member) ? !members.TakeStream(entities.Stream(member.Name, member.Value)) : !Take(member, members, entities, ref feature))
            {
                problem = members.Problem;
                return null;
            }
        }

        problem = members.Check();
        return problem is null ? new(members.Time, members.Result!, members.Datastream, members.Multi, members.Feature, feature) { Annotation = members.Annotation, NewStream = members.NewStream } : null;
    }

    /// <summary>A result; null when it is none that JSON could say, such as a number that is not finite, or nothing.</summary>
    public static ObservationResult? Result(JsonElement value, bool isPart = false) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) => ObservationResult.Of(number),
        JsonValueKind.True => ObservationResult.Of(true),
        JsonValueKind.False => ObservationResult.Of(false),
        JsonValueKind.String => ObservationResult.Of(value.GetString()!),
        JsonValueKind.Array when !isPart && value.GetArrayLength() is > 0 and <= BodyLimits.MaxComponents => Parts(value) ?? ObservationResult.OfJson(value.GetRawText()),
        JsonValueKind.Array or JsonValueKind.Object when !isPart => ObservationResult.OfJson(value.GetRawText()),
        _ => null,
    };

    private static ObservationResult? Parts(JsonElement list)
    {
        var parts = ImmutableArray.CreateBuilder<ObservationResult?>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            var part = item.ValueKind == JsonValueKind.Null ? null : Result(item, isPart: true);
            if (part is null && item.ValueKind != JsonValueKind.Null)
            {
                return null;
            }

            parts.Add(part);
        }

        return new(null, false, null, parts.MoveToImmutable());
    }

    /// <summary>A stream that is described and not linked (OGC 18-088, 10.2.1.2).</summary>
    private static bool IsNewStream(JsonProperty member) =>
        member.Name is "Datastream" or "MultiDatastream" && member.Value.ValueKind == JsonValueKind.Object && !member.Value.TryGetProperty("@iot.id", out _);

    private static bool Take(JsonProperty member, ObservationMembers members, BodyReader entities, ref EntityBody? feature)
    {
        switch (member.Name)
        {
            case "Datastream" or "MultiDatastream":
                return members.TakeStream(member.Name, member.Value);
            case "FeatureOfInterest" when member.Value.ValueKind == JsonValueKind.Object && member.Value.TryGetProperty("@iot.id", out var id):
                return members.TakeFeature(id);
            case "FeatureOfInterest":
                feature = entities.Feature(member.Value);
                return feature is not null;
            case "@iot.id":
                return members.Fail(member.Name, "ids are handed out here. Leave it out");
            default:
                return members.Take(member.Name, member.Value) ?? (BodyReader.IsControl(member.Name) || members.Fail(
                    member.Name, "an Observation has no such member. It has phenomenonTime, resultTime, result, resultQuality, validTime, parameters, Datastream, MultiDatastream, FeatureOfInterest"));
        }
    }
}
