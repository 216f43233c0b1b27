using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Bridges;
using Quartier.Domain.Principals;

namespace Quartier.Api.Native.Bridges;

/// <summary>Brokers of others from which readings are taken, for those who may see the books.</summary>
internal static class BridgeRoutes
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/cities/{city}/bridges", Get)
        .Describe("listBridges", "The city's bridges to other brokers, and how each is doing.")
        .Answers<BridgeItem[]>(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);

    private static IResult Get(string city, HttpContext context, CityDirectory directory) =>
        directory.City(city).TryGet(out var found, out var problem)
        && (problem = Permission.Refuse(Caller.Of(context), Right.SeeBooks, city)) is null
            ? Results.Json(BridgeItem.Of(found.City, context.RequestServices.GetService<IBridges>()), ApiJson.Api.BridgeItemArray)
            : problem;
}
