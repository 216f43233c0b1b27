using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Quartier.Api.Http;

/// <summary>
/// Lets pages of named origins read what everybody may read (Fetch standard, 3.2). Never with credentials: a page that is not ours gets what the
/// public gets, whoever looks at it.
/// </summary>
internal sealed class CrossOrigin(IOptions<QuartierApiOptions> options)
{
    private const string Any = "*";
    private const string Methods = "GET, HEAD, OPTIONS";
    private const string RequestHeaders = "Accept, Accept-Language, If-None-Match, Quartier-Purpose";
    private const string ResponseHeaders = "ETag, Link, Quartier-Grant, Quartier-Policy, Quartier-Purpose, Retry-After";

    /// <summary>Seconds for which a browser keeps the permission: changed origins hold within ten minutes.</summary>
    private const string MaxAgeSeconds = "600";

    /// <summary>What may be read from elsewhere; the native API is for the installation's own pages.</summary>
    private static readonly PathString[] Readable = ["/v1.1", "/open"];

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!Array.Exists(Readable, p => request.Path.StartsWithSegments(p, StringComparison.Ordinal)))
        {
            return next(context);
        }

        var headers = context.Response.Headers;
        var origins = options.Value.ReadOrigins;
        if (origins.Count > 0)
        {
            headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        }

        var origin = request.Headers.Origin.ToString();
        if (Allowed(origins, origin) is not { } allowed)
        {
            return next(context);
        }

        headers.AccessControlAllowOrigin = allowed;
        headers.AccessControlExposeHeaders = ResponseHeaders;
        if (!HttpMethods.IsOptions(request.Method) || request.Headers.AccessControlRequestMethod.Count == 0)
        {
            return next(context);
        }

        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = RequestHeaders;
        headers.AccessControlMaxAge = MaxAgeSeconds;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static string? Allowed(IReadOnlyCollection<string> origins, string origin)
    {
        if (origin.Length == 0)
        {
            return null;
        }

        return origins.Contains(Any) ? Any : origins.FirstOrDefault(o => string.Equals(o, origin, StringComparison.OrdinalIgnoreCase));
    }
}
