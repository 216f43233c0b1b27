using System.Text;
using Quartier.Api.Http;

namespace Quartier.Api.Metrics;

/// <summary>Metrics for Prometheus.</summary>
internal static class MetricRoutes
{
    private const string ContentType = "text/plain; version=0.0.4";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", Get)
        .Describe("getMetrics", "Metrics in the Prometheus text format, version 0.0.4.")
        .Answers<string>("text/plain");

    private static IResult Get(IEnumerable<MetricSource> sources, HttpContext context)
    {
        var writer = new MetricWriter();
        foreach (var source in sources)
        {
            source.Write(writer);
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(writer.ToString(), ContentType, Encoding.UTF8);
    }
}
