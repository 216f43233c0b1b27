using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Sensors;

/// <summary>Sensors.</summary>
internal static class SensorRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/cities/{city}/sensors", ListAsync)
            .Describe(
                "listSensors",
                "The sensors of a city with the newest reading of each datastream, page by page.",
                Parameters.District,
                Parameters.Limit,
                Parameters.AfterKey)
            .Answers<SensorPage>(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        api.MapGet("/cities/{city}/sensors/{gateway}/{sensor}", GetAsync)
            .Describe("getSensor", "A sensor with its datastreams' definitions and windows, its rules and its books.")
            .Answers<SensorDetail>(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(
        string city,
        HttpContext context,
        CityDirectory directory,
        CityTime clock,
        SensorReader reader,
        RowLimits limits)
    {
        var cancellationToken = context.RequestAborted;
        if (!directory.City(city).TryGet(out var found, out var problem)
            || !Parameters.ReadPage(context.Request, found, Parameters.Limit).TryGet(out var page, out problem))
        {
            return problem;
        }

        var caller = Caller.Of(context);
        var sensors = await limits.ClipAsync(
            caller, found, found.SensorsOf(page.District).Page(page.After, page.Limit), StreamsOf, CityIndex.KeyOf, cancellationToken)
            .ConfigureAwait(false);
        var now = await clock.NowAsync(found, sensors.Items.Select(s => s.District), cancellationToken).ConfigureAwait(false);
        var items = await FanOut.AllAsync(
            sensors.Items, s => reader.ItemAsync(caller, found, s, now[s.District]), cancellationToken).ConfigureAwait(false);
        return Results.Json(new SensorPage(items, sensors.Next), ApiJson.Api.SensorPage);
    }

    private static IEnumerable<(string District, string Stream)> StreamsOf(SensorDefinition sensor) =>
        sensor.Datastreams.Select(d => (sensor.District, Decisions.Name(sensor, d.Property)));

    private static async Task<IResult> GetAsync(
        [AsParameters] SensorAddress address,
        HttpContext context,
        CityDirectory directory,
        CityTime clock,
        SensorReader reader,
        Decisions decisions)
    {
        if (!address.Find(directory).TryGet(out var found, out var problem))
        {
            return problem;
        }

        var (city, sensor) = found;
        var now = await clock.NowAsync(city, [sensor.District], context.RequestAborted).ConfigureAwait(false);
        await decisions.PrepareAsync(Caller.Of(context), city, StreamsOf(sensor), Resolution.Raw, context.RequestAborted).ConfigureAwait(false);
        var detail = await reader.DetailAsync(Caller.Of(context), city, sensor, now[sensor.District]).ConfigureAwait(false);
        return Results.Json(detail, ApiJson.Api.SensorDetail);
    }
}
