using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Contracts.Readings;
using Quartier.Domain.Principals;

namespace Quartier.Api.Native.Store;

/// <summary>The store.</summary>
internal static class StoreRoutes
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/store", GetAsync)
        .Describe("getStore", "What is stored: expiry partitions, what is not sealed yet, the journal, and the store's health.")
        .Answers<StoreItem>(
            StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetAsync(HttpContext context, IReadingStore store, CancellationToken cancellationToken)
    {
        // How many readings came is what a sensor of events measures. The store is one for all cities, so whoever sees the books of one sees its sums.
        var caller = Caller.Of(context);
        if (Permission.Refuse(caller, Right.SeeBooks, caller.Principal.City) is { } refusal)
        {
            return refusal;
        }

        var manifest = await store.ManifestAsync(cancellationToken).ConfigureAwait(false);
        var health = store.Health;
        var item = new StoreItem(
            manifest.Partitions,
            manifest.OpenReadings,
            manifest.JournalBytes,
            manifest.Datastreams,
            new(health.Accepting, health.Problem, health.SetAside));
        return Results.Json(item, ApiJson.Api.StoreItem);
    }
}
