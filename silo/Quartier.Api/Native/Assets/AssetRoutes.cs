using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;

namespace Quartier.Api.Native.Assets;

/// <summary>Assets.</summary>
internal static class AssetRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/cities/{city}/assets", ListAsync)
            .Describe(
                "listAssets",
                "The assets of a city with their live values. More than the limit: a Link header names the next page.",
                Parameters.District,
                Parameters.ArrayLimit,
                Parameters.AfterKey)
            .Answers<AssetItem[]>(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        api.MapGet("/cities/{city}/assets/{asset}", GetAsync)
            .Describe("getAsset", "An asset with its live values and the sensors mounted on it.")
            .Answers<AssetDetail>(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(
        string city,
        HttpContext context,
        CityDirectory directory,
        CityTime clock,
        AssetReader reader,
        RowLimits limits)
    {
        var cancellationToken = context.RequestAborted;
        if (!directory.City(city).TryGet(out var found, out var problem)
            || !Parameters.ReadPage(context.Request, found, Parameters.ArrayLimit).TryGet(out var page, out problem))
        {
            return problem;
        }

        var caller = Caller.Of(context);
        var assets = await limits.ClipAsync(
            caller,
            found,
            found.AssetsOf(page.District).Page(page.After, page.Limit),
            a => AssetReader.StreamsOf(found, a),
            a => a.Id,
            cancellationToken).ConfigureAwait(false);
        var now = await clock.NowAsync(found, assets.Items.Select(a => a.District), cancellationToken).ConfigureAwait(false);
        var items = await FanOut.AllAsync(
            assets.Items, a => reader.ReadAsync(caller, found, a, now[a.District]), cancellationToken).ConfigureAwait(false);
        NextLink.Set(context, assets.Next);
        return Results.Json(items, ApiJson.Api.AssetItemArray);
    }

    private static async Task<IResult> GetAsync(
        string city,
        string asset,
        HttpContext context,
        CityDirectory directory,
        CityTime clock,
        AssetReader reader)
    {
        if (!directory.City(city).TryGet(out var found, out var problem)
            || !CityDirectory.Asset(found, asset).TryGet(out var definition, out problem))
        {
            return problem;
        }

        var now = await clock.NowAsync(found, [definition.District], context.RequestAborted).ConfigureAwait(false);
        var item = await reader.ReadAsync(Caller.Of(context), found, definition, now[definition.District]).ConfigureAwait(false);
        var detail = new AssetDetail(item) { Sensors = [.. found.MountedOn(asset).Keys] };
        return Results.Json(detail, ApiJson.Api.AssetDetail);
    }
}
