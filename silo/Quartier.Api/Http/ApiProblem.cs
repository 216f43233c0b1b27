using System.Text.Json;
using Quartier.Api.Json;

namespace Quartier.Api.Http;

/// <summary>An expected failure of a request, as a value that can be answered.</summary>
internal sealed class ApiProblem(ProblemBody body) : IResult
{
    public const string ContentType = "application/problem+json";

    public ProblemBody Body { get; } = body;

    /// <summary>Seconds after which trying again makes sense, or null.</summary>
    public int? RetryAfterSeconds { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Body.Status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        if (Body.Status == StatusCodes.Status401Unauthorized)
        {
            // RFC 9110, 15.5.2, asks for it.
            response.Headers.WWWAuthenticate = "Bearer realm=\"quartier\"";
        }

        if (RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        var isSensorThings = httpContext.Request.Path.StartsWithSegments(SensorThings.Formats.EntityLinks.Path, StringComparison.Ordinal);
        var body = isSensorThings ? Body with { Code = Body.Status, Message = Body.Detail } : Body;
        return JsonSerializer.SerializeAsync(response.Body, body, ApiJson.Api.ProblemBody, httpContext.RequestAborted);
    }
}
