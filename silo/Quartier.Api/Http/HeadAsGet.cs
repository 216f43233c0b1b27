using Microsoft.AspNetCore.Http.Features;

namespace Quartier.Api.Http;

/// <summary>Answers HEAD like GET without the body (RFC 9110, 9.3.2).</summary>
internal static class HeadAsGet
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        HttpMethods.IsHead(context.Request.Method) ? WithoutBodyAsync(context, next) : next(context);

    private static async Task WithoutBodyAsync(HttpContext context, RequestDelegate next)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Request.Method = HttpMethods.Get;
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null, body));
        try
        {
            await next(context).ConfigureAwait(false);
            await context.Response.CompleteAsync().ConfigureAwait(false);
        }
        finally
        {
            context.Features.Set(body);
            context.Request.Method = HttpMethods.Head;
        }
    }
}
