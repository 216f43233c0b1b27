namespace Quartier.Api.SensorThings.Writing;

/// <summary>201 with the address of what was created (OGC 18-088, 10.2.1).</summary>
internal sealed class CreatedAnswer(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status201Created;
        httpContext.Response.Headers.Location = address;
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
