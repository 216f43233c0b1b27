namespace Quartier.Api.SensorThings.Writing;

/// <summary>The answers of a batch, in the form in which it was sent.</summary>
internal sealed class BatchResult(IReadOnlyList<BatchAnswer> answers, bool isMultipart) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status200OK;
        httpContext.Response.Headers.CacheControl = "no-store";
        return isMultipart ? MultipartBatch.WriteAsync(httpContext, answers) : JsonBatch.WriteAsync(httpContext, answers);
    }
}
