using Microsoft.AspNetCore.Http.Features;
using Quartier.Api.Http;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>
/// Sends the requests of a batch the same way as those from outside: through the same gates, on behalf of the same caller. A request of a batch can do
/// nothing that it could not do alone.
/// </summary>
internal sealed class InnerRequests(IServiceScopeFactory scopes)
{
    /// <summary>What says who asks and from where comes from the batch's own request, whatever a part says.</summary>
    private static readonly string[] s_inherited = ["Host", "Authorization", "Cookie", "Origin", "Sec-Fetch-Site"];

    private static readonly string[] s_offered = ["Accept-Language", Caller.PurposeHeader];
    private static readonly string[] s_told = ["Location", "Content-Type", "ETag", "Preference-Applied", "Retry-After", "Quartier-Policy", "Quartier-Grant"];

    private RequestDelegate? _pipeline;

    /// <summary>Remembers everything behind the server's own handling of connections and HEAD while the host is put together.</summary>
    public RequestDelegate Take(RequestDelegate next)
    {
        _pipeline = context => HeadAsGet.InvokeAsync(context, next);
        return next;
    }

    public async Task<BatchAnswer> SendAsync(HttpContext outer, BatchItem item, string url)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var body = new MemoryStream();
            var context = new DefaultHttpContext(Features(outer, item, url, body)) { RequestServices = scope.ServiceProvider };
            await _pipeline!(context).ConfigureAwait(false);
            await context.Response.CompleteAsync().ConfigureAwait(false);
            return new(item.Id, context.Response.StatusCode, Told(context.Response.Headers), body.ToArray());
        }
    }

    /// <summary>What is told of the head of an inner answer.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Told(IHeaderDictionary headers) =>
        [.. s_told.Where(headers.ContainsKey).Select(n => KeyValuePair.Create(n, headers[n].ToString()))];

    private static FeatureCollection Features(HttpContext outer, BatchItem item, string url, MemoryStream body)
    {
        var question = url.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? url : url[..question];
        var request = new HttpRequestFeature
        {
            Method = item.Method,
            Scheme = outer.Request.Scheme,
            Protocol = outer.Request.Protocol,
            Path = Uri.UnescapeDataString(path),
            QueryString = question < 0 ? string.Empty : url[question..],
            RawTarget = url,
            Body = new MemoryStream(item.Body.ToArray(), writable: false),
        };
        foreach (var (name, value) in item.Headers)
        {
            request.Headers[name] = value;
        }

        foreach (var name in s_offered.Where(n => !request.Headers.ContainsKey(n)))
        {
            request.Headers[name] = outer.Request.Headers[name];
        }

        foreach (var name in s_inherited)
        {
            request.Headers[name] = outer.Request.Headers[name];
        }

        request.Headers.ContentLength = item.Body.Length;
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        features.Set(outer.Features.Get<IHttpConnectionFeature>());
        features.Set(outer.Features.Get<IHttpRequestLifetimeFeature>());
        return features;
    }
}
