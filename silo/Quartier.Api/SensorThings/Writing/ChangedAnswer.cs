namespace Quartier.Api.SensorThings.Writing;

/// <summary>200 without a body, or 204 for a client that prefers the minimum (RFC 7240).</summary>
internal sealed class ChangedAnswer : IResult
{
    private const string Minimal = "return=minimal";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var isMinimal = httpContext.Request.Headers["Prefer"].ToString().Contains(Minimal, StringComparison.OrdinalIgnoreCase);
        var response = httpContext.Response;
        response.StatusCode = isMinimal ? StatusCodes.Status204NoContent : StatusCodes.Status200OK;
        response.Headers.CacheControl = "no-store";
        if (isMinimal)
        {
            response.Headers["Preference-Applied"] = Minimal;
        }
        else
        {
            response.ContentLength = 0;
        }

        return Task.CompletedTask;
    }
}
