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
            .Answers<DistrictItem[]>(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests);
        api.MapGet("/cities/{city}/districts/{district}", GetAsync)
            .Describe("getDistrict", "A district with the ids of its sensors and assets.")
            .Answers<DistrictDetail>(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests);
    }

    private static async Task<IResult> ListAsync(
        string city, HttpContext context, CityDirectory directory, DistrictReader reader, CancellationToken cancellationToken)
    {
        if (!directory.City(city).TryGet(out var found, out var problem))
        {
            return problem;
        }

        var caller = Caller.Of(context);
        reader.Begin(context);
        var items = await FanOut.AllAsync(
            found.City.Districts, d => reader.ReadAsync(caller, found, d, cancellationToken), cancellationToken).ConfigureAwait(false);
        return reader.Refusal is { } refusal ? refusal : Results.Json(items, ApiJson.Api.DistrictItemArray);
    }

    private static async Task<IResult> GetAsync(
        [AsParameters] DistrictAddress address,
        HttpContext context,
        CityDirectory directory,
        DistrictReader reader,
        CancellationToken cancellationToken)
    {
        if (!directory.City(address.City).TryGet(out var found, out var problem)
            || !CityDirectory.District(found, address.District).TryGet(out var definition, out problem))
        {
            return problem;
        }

        reader.Begin(context);
        var item = await reader.ReadAsync(Caller.Of(context), found, definition, cancellationToken).ConfigureAwait(false);
        if (reader.Refusal is { } refusal)
        {
            return refusal;
        }

        var detail = new DistrictDetail(item)
        {
            Sensors = [.. found.SensorsOf(address.District).Keys],
            Assets = [.. found.AssetsOf(address.District).Keys],
        };
        return Results.Json(detail, ApiJson.Api.DistrictDetail);
    }
}
