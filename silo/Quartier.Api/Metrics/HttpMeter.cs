using System.Collections.Concurrent;

namespace Quartier.Api.Metrics;

/// <summary>Counts requests by method, route and status. Routes, not addresses: their number is fixed by the program.</summary>
internal sealed class HttpMeter(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Method, string Route, int Status), Tally> _tallies = new();

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var start = time.GetTimestamp();
        var method = context.Request.Method;
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "other";
            var known = HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsPost(method) || HttpMethods.IsPut(method);
            var tally = _tallies.GetOrAdd((known ? method : "other", route, context.Response.StatusCode), static _ => new Tally());
            tally.Add(time.GetElapsedTime(start));
        }
    }

    public void Write(MetricWriter writer)
    {
        var tallies = _tallies.OrderBy(t => t.Key).ToArray();
        writer.Metric(MetricKind.Counter, "quartier_http_requests_total", "Requests answered.");
        foreach (var (key, tally) in tallies)
        {
            writer.Sample(tally.Count, Labels(key));
        }

        writer.Metric(MetricKind.Counter, "quartier_http_request_seconds_total", "Time spent on requests, in seconds; open live lines count when they end.");
        foreach (var (key, tally) in tallies)
        {
            writer.Sample(tally.Elapsed.TotalSeconds, Labels(key));
        }
    }

    private static (string Name, string Value)[] Labels((string Method, string Route, int Status) key) =>
    [
        ("method", key.Method), ("route", key.Route), ("status", key.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    ];
}
