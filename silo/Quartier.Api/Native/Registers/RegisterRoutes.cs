using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Sensors;
using Quartier.Domain.Registers;

namespace Quartier.Api.Native.Registers;

/// <summary>The public register of sensors (G11): for everybody, without account, and the same for everybody.</summary>
internal static class RegisterRoutes
{
    private const string Base = "/cities/{city}/register";

    private static readonly QueryParameter Limit = Parameters.Limit with { Description = "Sensors on the page, each with all its datastreams." };

    public static void Map(RouteGroupBuilder open)
    {
        open.MapGet(Base, List)
            .Describe(
                "getSensorRegister",
                "What is measured in the city, by whom, for what, on which legal basis, how long it is kept and who has access; names no person.",
                Parameters.District,
                Limit,
                Parameters.AfterKey)
            .Answers<RegisterList>(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        open.MapGet(Base + "/{gateway}/{sensor}/{property}", Get)
            .Describe("whyMeasured", "Why is this measured here? The register's entry of one datastream, with the answer in a sentence.")
            .Answers<WhyMeasured>(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static IResult List(string city, HttpContext context, CityDirectory directory, RecordDesk desk)
    {
        if (!directory.City(city).TryGet(out var found, out var problem)
            || !Parameters.ReadPage(context.Request, found, Limit).TryGet(out var page, out problem))
        {
            return problem;
        }

        var sensors = found.SensorsOf(page.District).Page(page.After, page.Limit);
        var register = new SensorRegister(desk.Basis(found));
        var entries = sensors.Items.SelectMany(s => s.Datastreams.Select(d => register.Entry(s, d)));
        return Results.Json(
            new RegisterList(found.Id, found.City.Name, found.Snapshot.Version, [.. entries], sensors.Next), ApiJson.Api.RegisterList);
    }

    private static IResult Get([AsParameters] SensorAddress address, string property, CityDirectory directory, RecordDesk desk)
    {
        if (!address.Find(directory).TryGet(out var found, out var problem)
            || !CityDirectory.Datastream(found.City, found.Sensor, property).TryGet(out var datastream, out problem))
        {
            return problem;
        }

        var entry = new SensorRegister(desk.Basis(found.City)).Entry(found.Sensor, datastream);
        return Results.Json(new WhyMeasured(SensorRegister.Why(entry), entry), ApiJson.Api.WhyMeasured);
    }
}
