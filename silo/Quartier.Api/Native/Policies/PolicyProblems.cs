using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Policies;

/// <summary>Refusals of a city's policy grain as problems.</summary>
internal static class PolicyProblems
{
    /// <summary>The problem; null when it was done, or there was nothing to do.</summary>
    public static ApiProblem? Of(PolicyAnswer answer) => answer.Outcome switch
    {
        PolicyOutcome.Done or PolicyOutcome.Unchanged => null,
        PolicyOutcome.Unsound => Unsound(answer.Problems),
        PolicyOutcome.SamePerson => Problems.Create(StatusCodes.Status403Forbidden, "second-person", "A second person is needed", answer.Detail),
        PolicyOutcome.Decided or PolicyOutcome.TooMany =>
            Problems.Create(StatusCodes.Status409Conflict, "policy-state", "The policy's versions do not allow this", answer.Detail),
        PolicyOutcome.TooFarAhead => Problems.Create(StatusCodes.Status400BadRequest, "bad-parameter", "A parameter cannot be used", answer.Detail),
        _ => Problems.Create(StatusCodes.Status404NotFound, "not-found", "Not found", answer.Detail),
    };

    public static ApiProblem Unsound(ImmutableArray<RegistryProblem> problems) => new(new(
        "urn:quartier:problem:unsound-policy",
        "The policy is not sound",
        StatusCodes.Status422UnprocessableEntity,
        $"{problems.Length} problem(s) were found and nothing was changed. Correct the lines listed under 'problems' and send the file again.",
        problems));
}
