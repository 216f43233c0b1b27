using Quartier.Api.Native.Districts;

namespace Quartier.Api.Http;

/// <summary>
/// Lets an answer out only when the ledger has taken what it reads and what it denies. It stands around every route of the native API, so that
/// no route can forget it.
/// </summary>
internal sealed class RecordGate : IEndpointFilter
{
    /// <summary>A ledger that cannot take an entry is worth asking again after this many seconds.</summary>
    private const int RetrySeconds = 5;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.RequestServices.GetRequiredService<RequestLanguage>().Read(http.Request);
        var answer = await next(context).ConfigureAwait(false);
        var record = http.RequestServices.GetRequiredService<ReadRecord>();
        if (record.IsEmpty)
        {
            return answer;
        }

        record.SetHeaders(http.Response.Headers);
        if (http.Request.RouteValues["city"] is string city && record.TryNote(city, Caller.Of(http)))
        {
            return answer;
        }

        (answer as IDisposable)?.Dispose();
        return Unavailable();
    }

    public static ApiProblem Unavailable() => new(new(
        "urn:quartier:problem:ledger-unavailable",
        "The ledger takes no entries at present",
        StatusCodes.Status503ServiceUnavailable,
        "Nothing is read without a record, and the record cannot be written now: nothing was answered. GET /health says why; ask again."))
    {
        RetryAfterSeconds = RetrySeconds,
    };
}
