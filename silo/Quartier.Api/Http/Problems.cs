using System.Collections.Immutable;
using Quartier.Api.Accounts;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Http;

/// <summary>The problems that the API answers; each text gives the value, the limit and the remedy.</summary>
internal static class Problems
{
    /// <summary>Longest part of a caller's own text that is repeated in an answer, in characters.</summary>
    private const int QuotedMax = 80;

    public static ApiProblem Unknown(string what, string id, IEnumerable<string> known, string remedy)
    {
        var near = NearMatches.Of(id, known);
        var hint = near.Count == 0 ? remedy : $"Did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}? {remedy}";
        return Create(StatusCodes.Status404NotFound, "not-found", "Not found", $"There is no {what} '{Quote(id)}'. {hint}");
    }

    public static ApiProblem NothingYet(string detail) =>
        Create(StatusCodes.Status404NotFound, "no-reading", "No reading", detail);

    public static ApiProblem BadParameter(string name, string value, string expectation) =>
        Create(
            StatusCodes.Status400BadRequest,
            "bad-parameter",
            "A parameter cannot be used",
            $"Parameter '{name}' is '{Quote(value)}': {expectation}");

    public static ApiProblem BadBody(string detail) =>
        Create(StatusCodes.Status400BadRequest, "bad-body", "The request's body cannot be used", detail);

    public static ApiProblem Forbidden(string detail) =>
        Create(StatusCodes.Status403Forbidden, "not-permitted", "Not permitted", detail);

    public static ApiProblem Conflict(string detail) =>
        Create(StatusCodes.Status409Conflict, "conflict", "It contradicts what is kept", detail);

    public static ApiProblem SignIn(string detail) =>
        Create(StatusCodes.Status401Unauthorized, "sign-in", "Somebody must be signed in", detail);

    /// <summary>A credential that proves nobody: wrong and ended are told apart, and neither is taken for the public.</summary>
    public static ApiProblem Credential(CheckedCredential credential) => credential.Fault switch
    {
        CredentialFault.Ended => Create(StatusCodes.Status401Unauthorized, "ended-credential", "The credential has ended", credential.Detail),
        CredentialFault.TooMany => new(Body(StatusCodes.Status429TooManyRequests, "too-many-attempts", "Too many wrong credentials", credential.Detail))
        {
            RetryAfterSeconds = credential.RetryAfterSeconds,
        },
        _ => Create(StatusCodes.Status401Unauthorized, "wrong-credential", "The credential is wrong", credential.Detail),
    };

    public static ApiProblem TooLarge(long limitBytes) => Create(
        StatusCodes.Status413PayloadTooLarge,
        "too-large",
        "The request's body is too large",
        $"At most {limitBytes:N0} bytes are taken here. Send a smaller body.");

    public static ApiProblem MediaType(string? sent, string expected) => Create(
        StatusCodes.Status415UnsupportedMediaType,
        "media-type",
        "The media type is not taken here",
        $"The body's Content-Type is '{Quote(sent ?? string.Empty)}'. Send it as {expected}.");

    public static ApiProblem UnsoundRegistry(ImmutableArray<RegistryProblem> problems) => new(new(
        "urn:quartier:problem:unsound-registry",
        "The registry file is not sound",
        StatusCodes.Status422UnprocessableEntity,
        $"{problems.Length} problem(s) were found and nothing was applied. Correct the lines listed under 'problems' and send the file again.",
        problems));

    public static ApiProblem Unavailable(string detail, int retryAfterSeconds) =>
        new(Body(StatusCodes.Status503ServiceUnavailable, "unavailable", "Not available at present", detail))
        {
            RetryAfterSeconds = retryAfterSeconds,
        };

    public static ApiProblem TooManyQuestions(string detail, int retryAfterSeconds) =>
        new(Body(StatusCodes.Status429TooManyRequests, "too-many-questions", "Too many dear requests at once", detail))
        {
            RetryAfterSeconds = retryAfterSeconds,
        };

    public static ApiProblem TooManyRequests(string detail, int retryAfterSeconds) =>
        new(Body(StatusCodes.Status429TooManyRequests, "too-many-requests", "Too many requests", detail)) { RetryAfterSeconds = retryAfterSeconds };

    public static ApiProblem Create(int status, string type, string title, string detail) => new(Body(status, type, title, detail));

    /// <summary>A caller's text, short and without control characters.</summary>
    public static string Quote(string text)
    {
        var clean = string.Concat(text.Take(QuotedMax).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c));
        return text.Length > QuotedMax ? clean + "…" : clean;
    }

    private static ProblemBody Body(int status, string type, string title, string detail) =>
        new($"urn:quartier:problem:{type}", title, status, detail);
}
