using Quartier.Api.Http;

namespace Quartier.Api.SensorThings.Districts;

/// <summary>Lets an answer of the SensorThings API out only when the ledgers have taken what it reads and what it denies.</summary>
internal sealed class DeskGate : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.RequestServices.GetRequiredService<RequestLanguage>().Read(http.Request);
        var desks = http.RequestServices.GetRequiredService<CityDesks>();
        desks.Caller = Caller.Of(http);
        var answer = await next(context).ConfigureAwait(false);
        if (desks.TryNote(http.Response.Headers))
        {
            return answer;
        }

        (answer as IDisposable)?.Dispose();
        return RecordGate.Unavailable();
    }
}
