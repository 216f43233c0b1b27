using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Bridges;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Bridges;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Readings;
using Quartier.Domain.Principals;

namespace Quartier.Api.Native.Books;

/// <summary>The books: received = stored + duplicate + refused, for the city, its districts, gateways and sensors.</summary>
internal static class BooksRoutes
{
    private static readonly QueryParameter Gateway = new("gateway", QueryKind.Text, "Only of the gateway with this id.");

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/cities/{city}/books", GetAsync)
            .Describe("getBooks", "The books of a city, its districts and its gateways, and what was refused before it reached a sensor.")
            .Answers<CityBooks>(
                StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        api.MapGet("/cities/{city}/books/sensors", ListSensorsAsync)
            .Describe(
                "listSensorBooks",
                "The books of sensors. More than the limit: a Link header names the next page.",
                Parameters.District,
                Gateway,
                Parameters.ArrayLimit,
                Parameters.AfterKey)
            .Answers<SensorBooksItem[]>(
                StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> GetAsync(
        string city, HttpContext context, CityDirectory directory, BooksReader reader, CancellationToken cancellationToken)
    {
        if (!directory.City(city).TryGet(out var found, out var problem)
            || (problem = Permission.Refuse(Caller.Of(context), Right.SeeBooks, city)) is not null)
        {
            return problem;
        }

        var (ledgers, refusals) = await reader.ReadAsync(found, cancellationToken).ConfigureAwait(false);
        var books = new CityBooks(ledgers.OfCity())
        {
            Districts = [.. found.City.Districts.Select(d => new DistrictBooks(d.Id, ledgers.OfDistrict(d.Id)))],
            Gateways = [.. ledgers.OfGateways().Select(g => new GatewayBooks(g.Gateway, found.Snapshot.Gateway(g.Gateway) is not null, g.Books))],
            Strangers = [.. refusals.OrderByDescending(r => r.LastMs).Select(Show)],
            Bridges = BridgeItem.Of(found.City, context.RequestServices.GetService<IBridges>()),
        };
        return Results.Json(books, ApiJson.Api.CityBooks);
    }

    private static async Task<IResult> ListSensorsAsync(
        string city, HttpContext context, CityDirectory directory, BooksReader reader, CancellationToken cancellationToken)
    {
        if (!directory.City(city).TryGet(out var found, out var problem)
            || (problem = Permission.Refuse(Caller.Of(context), Right.SeeBooks, city)) is not null
            || !Parameters.ReadPage(context.Request, found, Parameters.ArrayLimit).TryGet(out var page, out problem)
            || !ReadGateway(context.Request, found).TryGet(out var gateway, out problem))
        {
            return problem;
        }

        var (ledgers, _) = await reader.ReadAsync(found, cancellationToken).ConfigureAwait(false);
        var listed = ledgers.OfSensors(page.District)
            .Where(s => gateway is null || s.Sensor.StartsWith(gateway + "/", StringComparison.Ordinal));
        var sorted = new SortedByKey<(string Sensor, Contracts.Sensors.SensorBooks Books)>(listed, s => s.Sensor).Page(page.After, page.Limit);
        NextLink.Set(context, sorted.Next);
        return Results.Json(sorted.Items.Select(s => new SensorBooksItem(s.Sensor, s.Books)).ToArray(), ApiJson.Api.SensorBooksItemArray);
    }

    private static Outcome<string?> ReadGateway(HttpRequest request, CityIndex city)
    {
        if (!QueryReader.Text(request, Gateway).TryGet(out var gateway, out var problem))
        {
            return problem;
        }

        return gateway is null || city.Snapshot.Gateway(gateway) is not null
            ? gateway
            : Problems.Unknown("gateway", gateway, city.City.Gateways.Select(g => g.Id), $"GET /api/cities/{city.Id}/books lists them.");
    }

    private static StrangerItem Show(Refusal refusal) => new(
        refusal.Gateway,
        refusal.Sensor,
        Words<RefusalReason>.Of(refusal.Reason),
        refusal.Count,
        new(refusal.FirstMs),
        new(refusal.LastMs),
        refusal.Detail);
}
