using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Domain.Principals;

namespace Quartier.Api.Gateways;

/// <summary>Gateways and their credentials, for administrators.</summary>
internal static class GatewayRoutes
{
    private const string Base = "/cities/{city}/gateways";

    private static readonly int[] Refusals =
        [StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict];

    private static readonly QueryParameter Credential = new("credential", QueryKind.Text, "Only the credential with this id.") { Maximum = 64, Optional = true };

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet(Base, ListAsync)
            .Describe("listGateways", "The gateways and their credentials, never the secrets. For administrators.")
            .Answers<GatewayItem[]>(Refusals);
        api.MapPost(Base + "/{gateway}/password", SetPasswordAsync)
            .Describe("setGatewayPassword", "Gives a gateway a new password, which takes the place of the one before; one that is made is shown this once. For administrators.")
            .Accepts<GatewayPasswordRequest>("application/json")
            .Answers<GatewayPasswordAnswer>(Refusals);
        api.MapPost(Base + "/{gateway}/certificate", EnrolAsync)
            .Describe("enrolGateway", "Issues a certificate for the key of a certificate request. For administrators.")
            .Accepts<GatewayCertificateRequest>("application/json")
            .Answers<GatewayCertificateAnswer>(Refusals);
        api.MapDelete(Base + "/{gateway}/credentials", RevokeAsync)
            .Describe("revokeGateway", "Ends a gateway's credentials, or one of them, and the connections that are open by them. For administrators.", Credential)
            .Answers<GatewayItem>(Refusals);
    }

    private static async Task<IResult> ListAsync(string city, HttpContext context, CityDirectory directory, GatewayDesk desk, CancellationToken cancellationToken) =>
        Find(context, directory, city).TryGet(out var found, out var problem)
            ? Results.Json(await desk.ListAsync(found, cancellationToken).ConfigureAwait(false), ApiJson.Api.GatewayItemArray)
            : problem;

    private static async Task<IResult> SetPasswordAsync(
        string city, string gateway, HttpContext context, CityDirectory directory, GatewayDesk desk, CancellationToken cancellationToken)
    {
        const string Example = "{} to have one made, or {\"password\": \"…\"}";
        if (!Find(context, directory, city, gateway).TryGet(out var name, out var problem)
            || !(await JsonBody.ReadAsync(context.Request, ApiJson.Api.GatewayPasswordRequest, Example, cancellationToken).ConfigureAwait(false))
                .TryGet(out var request, out problem)
            || !(await desk.SetPasswordAsync(Caller.Of(context).Principal, name, request, cancellationToken).ConfigureAwait(false))
                .TryGet(out var answer, out problem))
        {
            return problem;
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(answer, ApiJson.Api.GatewayPasswordAnswer);
    }

    private static async Task<IResult> EnrolAsync(
        string city, string gateway, HttpContext context, CityDirectory directory, GatewayDesk desk, CancellationToken cancellationToken)
    {
        const string Example = "{\"request\": \"-----BEGIN CERTIFICATE REQUEST-----…\", \"until\": \"2028-06-30T00:00:00.000Z\"}";
        if (!Find(context, directory, city, gateway).TryGet(out var name, out var problem)
            || !(await JsonBody.ReadAsync(context.Request, ApiJson.Api.GatewayCertificateRequest, Example, cancellationToken).ConfigureAwait(false))
                .TryGet(out var request, out problem))
        {
            return problem;
        }

        if (context.RequestServices.GetService<GatewayAuthority>() is not { } authority)
        {
            return Problems.Conflict("This server has no authority for gateways' certificates.");
        }

        return (await desk.EnrolAsync(Caller.Of(context).Principal, name, request, authority, cancellationToken).ConfigureAwait(false))
            .TryGet(out var answer, out problem)
            ? Results.Json(answer, ApiJson.Api.GatewayCertificateAnswer)
            : problem;
    }

    private static async Task<IResult> RevokeAsync(
        string city, string gateway, HttpContext context, CityDirectory directory, GatewayDesk desk, CancellationToken cancellationToken)
    {
        // Also of a gateway that is registered no longer: its credential must not outlive it unseen.
        if (!Find(context, directory, city).TryGet(out var found, out var problem)
            || !QueryReader.Text(context.Request, Credential).TryGet(out var id, out problem)
            || !(await desk.RevokeAsync(Caller.Of(context).Principal, new(found.Id, gateway), id, cancellationToken).ConfigureAwait(false))
                .TryGet(out _, out problem))
        {
            return problem;
        }

        var gateways = await desk.ListAsync(found, cancellationToken).ConfigureAwait(false);
        return Results.Json(gateways.First(g => g.Id == gateway), ApiJson.Api.GatewayItem);
    }

    private static Outcome<CityIndex> Find(HttpContext context, CityDirectory directory, string city) =>
        Permission.Refuse(Caller.Of(context), Right.ChangeGateways, city) is { } refusal ? refusal : directory.City(city);

    private static Outcome<GatewayName> Find(HttpContext context, CityDirectory directory, string city, string gateway)
    {
        if (!Find(context, directory, city).TryGet(out var found, out var problem))
        {
            return problem;
        }

        return found.Snapshot.Gateway(gateway) is null
            ? Problems.Unknown("gateway", gateway, found.City.Gateways.Select(g => g.Id), "A gateway is registered with 'quartier city apply' before it gets a credential.")
            : new GatewayName(found.Id, gateway);
    }
}
