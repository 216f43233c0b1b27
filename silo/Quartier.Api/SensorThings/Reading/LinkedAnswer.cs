namespace Quartier.Api.SensorThings.Reading;

/// <summary>An answer whose form has no room for the address of the next page: it stands in the head (RFC 8288).</summary>
internal sealed class LinkedAnswer(EntityAnswer answer, string? nextLink) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (nextLink is not null)
        {
            httpContext.Response.Headers.Link = $"<{nextLink}>; rel=\"next\"";
        }

        return answer.ExecuteAsync(httpContext);
    }
}
