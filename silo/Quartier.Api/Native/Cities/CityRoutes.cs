using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Cities;

/// <summary>Cities, and the outlines of their districts.</summary>
internal static class CityRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/cities", List)
            .Describe("listCities", "The cities of this installation.")
            .Answers<CityItem[]>(StatusCodes.Status400BadRequest);
        api.MapGet("/cities/{city}", GetAsync)
            .Describe("getCity", "A city: clock, offices, and what the values and statuses of its assets are called.")
            .Answers<CityDetail>(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        api.MapGet("/cities/{city}/outlines", GetOutlines)
            .Describe("getOutlines", "The outlines of the districts as GeoJSON. Answers 304 to a matching If-None-Match.")
            .Answers<OutlineCollection>(OutlineCollection.ContentType, StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static IResult List(CityDirectory directory)
    {
        var items = directory.Cities.Select(c => new CityItem(
            c.Id,
            c.City.Name,
            Words<CityClock>.Of(c.City.Clock),
            c.Snapshot.Version,
            c.City.Districts.Length,
            c.City.Sensors.Length,
            c.City.Assets.Length));
        return Results.Json(items.ToArray(), ApiJson.Api.CityItemArray);
    }

    private static async Task<IResult> GetAsync(string city, CityDirectory directory, CityTime clock, CancellationToken cancellationToken)
    {
        if (!directory.City(city).TryGet(out var found, out var problem))
        {
            return problem;
        }

        var now = await clock.NowAsync(found, cancellationToken).ConfigureAwait(false);
        var definition = found.City;
        var detail = new CityDetail(
            definition.Id,
            definition.Name,
            definition.TimeZone,
            Words<CityClock>.Of(definition.Clock),
            found.Snapshot.Version,
            UtcTime.OrNull(now),
            definition.Attributions,
            definition.Offices,
            [.. definition.AssetTypes.Select(TypeOf)]);
        return Results.Json(detail, ApiJson.Api.CityDetail);
    }

    private static IResult GetOutlines(string city, HttpContext context, CityDirectory directory)
    {
        if (!directory.City(city).TryGet(out var found, out var problem))
        {
            return problem;
        }

        if (EntityTags.Matches(context, found.Snapshot.Version))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        return Results.Json(OutlineCollection.Of(found.City), ApiJson.Api.OutlineCollection, OutlineCollection.ContentType);
    }

    private static AssetTypeItem TypeOf(AssetTypeDefinition type)
    {
        var inputs = type.Inputs.Select(i => new ValueItem(i.Name, new BilingualText(i.Name, i.Name), i.Unit));
        var computed = type.Computed.Select(c => new ValueItem(c.Name, c.Label, c.Unit));
        var statuses = type.Statuses.Select(s => new StatusItem(s.Id, s.Text)).ToImmutableArray();
        return new(type.Id, type.Name, type.Headline, [.. inputs, .. computed], statuses);
    }
}
