using Microsoft.Extensions.Logging;
using Quartier.Api.Http;
using Quartier.Api.Json;

namespace Quartier.Api.Health;

/// <summary>Whether the silo works, for people and for whoever supervises it.</summary>
internal static class HealthRoutes
{
    /// <summary>A check that takes longer says by that that something is wrong.</summary>
    private static readonly TimeSpan LookMax = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/health", GetAsync)
        .Describe("getHealth", "Whether the silo works; 503 when it does not.")
        .Produces<HealthAnswer>()
        .Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetAsync(
        IEnumerable<HealthCheck> checks, TimeProvider time, ILogger<HealthAnswer> logger, HttpContext context)
    {
        var looks = checks.Select(c => LookAsync(c, time, logger, context.RequestAborted));
        var findings = await Task.WhenAll(looks).ConfigureAwait(false);
        var worst = findings.Select(f => f.Finding.Status).DefaultIfEmpty().Max();
        var items = findings.Select(f => new HealthCheckItem(f.Name, Words<HealthStatus>.Of(f.Finding.Status), f.Finding.Detail));
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new HealthAnswer(Words<HealthStatus>.Of(worst), [.. items]),
            ApiJson.Api.HealthAnswer,
            statusCode: worst == HealthStatus.Unavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static async Task<(string Name, HealthFinding Finding)> LookAsync(
        HealthCheck check, TimeProvider time, ILogger logger, CancellationToken aborted)
    {
        try
        {
            return (check.Name, await check.Look(aborted).AsTask().WaitAsync(LookMax, time, aborted).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            // The boundary of a check that another part plugged in: its failure is a finding.
            Log.HealthCheckFailed(logger, check.Name, e);
            var detail = e is TimeoutException ? $"The check took longer than {LookMax.TotalSeconds:0} s." : "The check failed; the log says why.";
            return (check.Name, new(HealthStatus.Unavailable, detail));
        }
    }
}
