using Quartier.Api.Accounts;
using Quartier.Api.Gateways;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Domain.Principals;

namespace Quartier.Api.Posture;

/// <summary>The posture, for administrators and the data-protection officer; those of one city see its gateways.</summary>
internal static class PostureRoutes
{
    /// <summary>Gateways named in one answer: more than anybody reads; the number says how many there are.</summary>
    private const int NamedMax = 1_000;

    private const string WithoutCredentialName = "gateways-without-credential";

    public static void Map(RouteGroupBuilder api) => api.MapGet("/posture", Get)
        .Describe("getPosture", "How the installation stands: weaknesses, listeners, certificates, gateways without a credential, bans. For administrators and the data-protection officer.")
        .Answers<PostureAnswer>(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden);

    private static IResult Get(HttpContext context, CityDirectory directory, GatewayBook book)
    {
        var principal = Caller.Of(context).Principal;
        if (Permission.Refuse(Caller.Of(context), Right.SeePosture, principal.City) is { } refusal)
        {
            return refusal;
        }

        var report = context.RequestServices.GetService<PostureSource>()?.Look() ?? new([], [], [], "credentials", []);
        var gateways = directory.Cities.Where(c => principal.City is null || principal.City == c.Id)
            .SelectMany(c => c.City.Gateways.Select(g => new GatewayName(c.Id, g.Id)))
            .ToList();
        var without = gateways.Where(g => !book.MustProve(g)).Select(g => g.ToString()).ToList();
        var answer = new PostureAnswer(
            [.. report.Weaknesses, .. Weaknesses(without.Count, gateways.Count)],
            [.. report.Listeners],
            [.. report.Certificates.Select(PostureCertificateItem.Of)],
            report.GatewayMode,
            gateways.Count,
            [.. without.Take(NamedMax)],
            [.. report.Banned]);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(answer, ApiJson.Api.PostureAnswer);
    }

    private static IEnumerable<PostureWeakness> Weaknesses(int without, int all)
    {
        if (without > 0)
        {
            yield return new(
                WithoutCredentialName,
                $"{without} of {all} gateways have no credential: they cannot connect from elsewhere, and on this machine anybody may publish for them where the mode is 'local'.",
                "Give each one a certificate (quartier gateway enrol CITY/GATEWAY) or a password (quartier gateway password CITY/GATEWAY).",
                Accepted: false);
        }
    }
}
