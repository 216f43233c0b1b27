using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;

namespace Quartier.Api.Native.Districts;

/// <summary>Districts.</summary>
internal static class DistrictRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/cities/{city}/districts", ListAsync)
            .Describe("listDistricts", "The districts of a city: coverage, open alerts and live aggregates.")
            .Answers<DistrictItem[]>(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        api.MapGet("/cities/{city}/districts/{district}", GetAsync)
            .Describe("getDistrict", "A district with the ids of its sensors and assets.")
            .Answers<DistrictDetail>(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(
        string city, HttpContext context, CityDirectory directory, DistrictReader reader, CancellationToken cancellationToken)
    {
        if (!directory.City(city).TryGet(out var found, out var problem))
        {
            return problem;
        }

        var caller = Caller.Of(context);
        var items = await FanOut.AllAsync(
            found.City.Districts, d => reader.ReadAsync(caller, found, d, cancellationToken), cancellationToken).ConfigureAwait(false);
        return Results.Json(items, ApiJson.Api.DistrictItemArray);
    }

    private static async Task<IResult> GetAsync(
        string city, string district, HttpContext context, CityDirectory directory, DistrictReader reader, CancellationToken cancellationToken)
    {
        if (!directory.City(city).TryGet(out var found, out var problem)
            || !CityDirectory.District(found, district).TryGet(out var definition, out problem))
        {
            return problem;
        }

        var item = await reader.ReadAsync(Caller.Of(context), found, definition, cancellationToken).ConfigureAwait(false);
        var detail = new DistrictDetail(item)
        {
            Sensors = [.. found.SensorsOf(district).Keys],
            Assets = [.. found.AssetsOf(district).Keys],
        };
        return Results.Json(detail, ApiJson.Api.DistrictDetail);
    }
}
