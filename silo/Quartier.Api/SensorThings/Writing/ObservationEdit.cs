using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Quartier.Api.Http;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;
using Quartier.Domain.Time;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>What a change makes of an Observation, or why it makes nothing (OGC 18-088, 10.3).</summary>
/// <param name="Correction">What is to be laid over its readings; null when the change says what holds already.</param>
/// <param name="Changed">Names of the members that change.</param>
/// <param name="Feature">Id of the FeatureOfInterest that the body names; null when it names none.</param>
internal sealed record ObservationEdit(ObservationCorrection? Correction, string Changed, long? Feature)
{
    /// <summary>Its withdrawal.</summary>
    public static ObservationEdit Withdrawal(SeenObservation seen) => new(
        new(seen.Target.RegistryVersion, seen.Row.StartMs, [.. seen.Target.Components.Select(c => new ComponentCorrection(c.Index, null))], Annotation.None),
        string.Empty,
        null);

    /// <summary>A change of its members.</summary>
    public static Outcome<ObservationEdit> Of(SeenObservation seen, JsonElement change, ChangeForm form)
    {
        var before = ObservationDocument.Of(seen);
        if (ObservationDocument.Changed(before, change, form, out var wrong) is not { } after)
        {
            return WriteProblems.Body(wrong!);
        }

        Complete(seen, before, after);
        using var json = JsonDocument.Parse(after.ToJsonString());
        if (BodyReader.ReadNew(json.RootElement, EntityKind.Observation, null, out wrong) is not { Observation: { } draft })
        {
            return WriteProblems.Body(wrong!);
        }

        if (Misfit(seen, draft) is { } misfit)
        {
            return misfit;
        }

        var keepsResult = JsonNode.DeepEquals(before["result"], after["result"]);
        if (Results(seen, draft, keepsResult, out var results, out var content) is { } problem)
        {
            return problem;
        }

        var correction = Differing(seen, results, content);
        return new ObservationEdit(correction, string.Join(", ", ObservationDocument.Differences(before, after)), draft.Feature);
    }

    /// <summary>Where nothing is said of the time its start stays; what followed from something else follows from it still, also when it is sent back.</summary>
    private static void Complete(SeenObservation seen, JsonObject before, JsonObject after)
    {
        var row = seen.Row;
        if (after["phenomenonTime"] is null)
        {
            after["phenomenonTime"] = IsoTime.Format(row.StartMs);
        }

        if (row.Annotation?.ResultTimeMs is null && JsonNode.DeepEquals(before["resultTime"], after["resultTime"]))
        {
            after.Remove("resultTime");
            before.Remove("resultTime");
        }

        if (JsonNode.DeepEquals(after["resultQuality"], ObservationDocument.ShownQuality(seen)))
        {
            after["resultQuality"] = before["resultQuality"]?.DeepClone();
        }
    }

    private static ApiProblem? Misfit(SeenObservation seen, ObservationDraft draft)
    {
        if (draft.TimeMs != seen.Row.StartMs)
        {
            return WriteProblems.Bad(
                $"'phenomenonTime': it begins at {IsoTime.Format(seen.Row.StartMs)}, which says which Observation it is, and does not change; its end may. DELETE the Observation, and POST one of the other time.");
        }

        var stream = seen.Target.Stream;
        var isOther = (draft.Datastream is { } one && (stream.Kind != EntityKind.Datastream || one != stream.Id))
            || (draft.MultiDatastream is { } many && (stream.Kind != EntityKind.MultiDatastream || many != stream.Id));
        return isOther
                ? WriteProblems.Bad($"'{(draft.Datastream is null ? "MultiDatastream" : "Datastream")}': the Observation belongs to {stream.Kind}s({stream.Id}), and does not move. DELETE it, and POST it to the other one.")
            : draft.NewFeature is not null ? WriteProblems.Bad(OtherFeature)
            : null;
    }

    /// <summary>Why an Observation keeps its feature.</summary>
    public static string OtherFeature =>
        "'FeatureOfInterest': of which feature an Observation tells does not change. DELETE the Observation, and POST one that names the other feature.";

    private static ApiProblem? Results(SeenObservation seen, ObservationDraft draft, bool keepsResult, out double?[] results, out Annotation content)
    {
        content = draft.Annotation ?? Annotation.None;
        if (keepsResult)
        {
            results = [seen.Row.Value, .. seen.Row.Others];
            content = content with { Result = seen.Row.Annotation?.Result };
            return null;
        }

        content = content with { Result = ObservationResults.Kept(seen.Target, draft.Result) };
        return ObservationResults.Read(seen.Target, draft.Result, out results);
    }

    /// <summary>The components that change; what stands beside the numbers rests with the first. Null when nothing changes.</summary>
    private static ObservationCorrection? Differing(SeenObservation seen, double?[] results, Annotation content)
    {
        var components = ImmutableArray.CreateBuilder<ComponentCorrection>();
        var (target, row) = (seen.Target, seen.Row);
        if (results[0] != row.Value || content != (row.Annotation ?? Annotation.None))
        {
            components.Add(new(target.Components[0].Index, results[0]));
        }

        for (var i = 1; i < results.Length; i++)
        {
            if (results[i] != row.Others[i - 1])
            {
                components.Add(new(target.Components[i].Index, results[i]));
            }
        }

        return components.Count == 0 ? null : new(target.RegistryVersion, row.StartMs, components.ToImmutable(), content);
    }
}
