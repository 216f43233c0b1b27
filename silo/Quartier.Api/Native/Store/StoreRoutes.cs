using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Contracts.Readings;

namespace Quartier.Api.Native.Store;

/// <summary>The store.</summary>
internal static class StoreRoutes
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/store", GetAsync)
        .Describe("getStore", "What is stored: expiry partitions, what is not sealed yet, the journal, and the store's health.")
        .Answers<StoreItem>(StatusCodes.Status400BadRequest, StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetAsync(IReadingStore store, CancellationToken cancellationToken)
    {
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
