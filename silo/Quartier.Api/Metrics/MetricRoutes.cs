using System.Text;
using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Domain.Principals;

namespace Quartier.Api.Metrics;

/// <summary>
/// Metrics for Prometheus. Their sums over the whole installation tell how much its sensors send, whatever their class, so they are for programs on the machine
/// itself and for whoever sees the books.
/// </summary>
internal static class MetricRoutes
{
    private const string ContentType = "text/plain; version=0.0.4";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", Get)
        .AddEndpointFilter<RouteHandlerBuilder, RequestGate>()
        .Describe("getMetrics", "Metrics in the Prometheus text format, version 0.0.4.")
        .Answers<string>("text/plain", StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);

    private static IResult Get(IEnumerable<MetricSource> sources, HttpContext context)
    {
        var caller = Caller.Of(context);
        if (!HostGate.IsOnTheMachine(context) && Permission.Refuse(caller, Right.SeeBooks, caller.Principal.City) is { } refusal)
        {
            return refusal;
        }

        var writer = new MetricWriter();
        foreach (var source in sources)
        {
            source.Write(writer);
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(writer.ToString(), ContentType, Encoding.UTF8);
    }
}
