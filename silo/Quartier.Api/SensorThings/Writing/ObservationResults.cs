using Quartier.Api.Http;
using Quartier.Contracts.Readings;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Makes numbers of results, and what is kept beside them.</summary>
internal static class ObservationResults
{
    /// <summary>What the Observation holds beside numbers: it belongs to the first component's.</summary>
    public static Annotation? Annotation(StreamTarget target, ObservationDraft draft) => Kept(target, draft.Result) is { } result
        ? (draft.Annotation ?? Contracts.Readings.Annotation.None) with { Result = result }
        : draft.Annotation;

    /// <summary>The result that is kept as JSON beside the number 0; null where the number is the result.</summary>
    public static string? Kept(StreamTarget target, ObservationResult result) =>
        target.Stream.Kind == EntityKind.Datastream && ObservationTypes.IsKeptAsJson(target.Components[0].Type, result, target.Components[0].Terms.Codes)
            ? result.ToJson()
            : null;

    /// <summary>One number for each component, null for one that is missing; the problem when it is no result of the stream.</summary>
    public static ApiProblem? Read(StreamTarget target, ObservationResult result, out double?[] results)
    {
        results = new double?[target.Components.Length];
        if (Kept(target, result) is { } kept)
        {
            results[0] = 0;
            return RemarkText.Check("result", kept, BodyLimits.MaxResultBytes) is { } wrong ? WriteProblems.Body(wrong) : null;
        }

        var isMulti = target.Stream.Kind == EntityKind.MultiDatastream;
        if (isMulti && result.Parts.Length != results.Length)
        {
            return WriteProblems.Bad($"'result': a list of {results.Length} results is expected, one for each ObservedProperty.");
        }

        for (var i = 0; i < results.Length; i++)
        {
            var part = isMulti ? result.Parts[i] : result;
            if (part is null)
            {
                continue;
            }

            results[i] = ObservationTypes.Fit(target.Components[i].Type, part, target.Components[i].Terms.Codes, out var problem);
            if (problem is not null)
            {
                return WriteProblems.Bad(isMulti ? $"'result[{i}]': {problem}." : $"'result': {problem}.");
            }
        }

        return results[0] is null ? WriteProblems.Bad("'result[0]': the first component must not be missing: the Observation is found by it.") : null;
    }
}
