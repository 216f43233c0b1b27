using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Principals;
using Quartier.Domain.Principals;

namespace Quartier.Api.Native.Retention;

/// <summary>What expires, the nightly run, and its certificates: for administrators and the data-protection officer.</summary>
internal static class RetentionRoutes
{
    private static readonly QueryParameter City = new("city", QueryKind.Text, "Only of the city with this id.");

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/retention", GetAsync)
            .Describe("getRetention", "What expires within 30 days, the last run of the retention, and when the next is due.")
            .Answers<RetentionAnswer>(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable);
        api.MapPost("/retention/run", RunAsync)
            .Describe("runRetention", "Completes the run that was interrupted, or deletes now what has expired. Answers when it is done, or held up by an incident.")
            .Answers<RetentionAnswer>(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/retention/certificates", CertificatesAsync)
            .Describe("listCertificates", "Certificates of deletion, newest night first.", City, Parameters.District, Parameters.Limit)
            .Answers<CertificateItem[]>(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound);
        api.MapPost("/retention/verification", VerifyAsync)
            .Describe("verifyRetention", "Looks into every place for anything that should be gone, and checks each certificate against its digest and the ledger.")
            .Answers<RetentionVerificationItem>(StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> GetAsync(HttpContext context, RetentionReader reader, CancellationToken cancellationToken) =>
        Refuse(context) is { } problem
            ? problem
            : Results.Json(await reader.ReadAsync(cancellationToken).ConfigureAwait(false), ApiJson.Api.RetentionAnswer);

    private static async Task<IResult> RunAsync(HttpContext context, RetentionReader reader, CancellationToken cancellationToken)
    {
        if (Refuse(context) is { } problem)
        {
            return problem;
        }

        await reader.RunAsync(Caller.Of(context).Principal.Reference, cancellationToken).ConfigureAwait(false);
        return Results.Json(await reader.ReadAsync(cancellationToken).ConfigureAwait(false), ApiJson.Api.RetentionAnswer);
    }

    private static async Task<IResult> CertificatesAsync(HttpContext context, CityDirectory directory, RetentionReader reader, CancellationToken cancellationToken)
    {
        if (!QueryReader.Text(context.Request, City).TryGet(out var city, out var problem)
            || (problem = Refuse(context, city ??= Caller.Of(context).Principal.City)) is not null
            || !QueryReader.Text(context.Request, Parameters.District).TryGet(out var district, out problem)
            || !QueryReader.Whole(context.Request, Parameters.Limit).TryGet(out var limit, out problem))
        {
            return problem;
        }

        var found = await reader.CertificatesAsync(city, district, limit, cancellationToken).ConfigureAwait(false);
        return found.Length == 0 && Unknown(directory, city, district) is { } unknown ? unknown : Results.Json(found, ApiJson.Api.CertificateItemArray);
    }

    /// <summary>What is named and neither registered nor certified: an empty list would let a slip of the pen pass for "nothing was deleted".</summary>
    private static ApiProblem? Unknown(CityDirectory directory, string? city, string? district)
    {
        if (city is not null)
        {
            return !directory.City(city).TryGet(out var index, out var problem) || (district is not null && !CityDirectory.District(index, district).TryGet(out _, out problem))
                ? problem
                : null;
        }

        var districts = directory.Cities.SelectMany(c => c.City.Districts).Select(d => d.Id).Distinct(StringComparer.Ordinal).ToList();
        return district is null || districts.Contains(district, StringComparer.Ordinal)
            ? null
            : Problems.Unknown("district", district, districts, "GET /api/cities lists the cities, GET /api/cities/{city}/districts their districts.");
    }

    private static async Task<IResult> VerifyAsync(HttpContext context, RetentionReader reader, CancellationToken cancellationToken)
    {
        if (Refuse(context) is { } problem)
        {
            return problem;
        }

        var found = await reader.VerifyAsync(cancellationToken).ConfigureAwait(false);
        return Results.Json(
            new RetentionVerificationItem(found.Findings.IsEmpty, found.Places, found.Certificates, found.Findings), ApiJson.Api.RetentionVerificationItem);
    }

    /// <param name="context">The request.</param>
    /// <param name="city">Of which city; null for what concerns all of them, as a run does.</param>
    private static ApiProblem? Refuse(HttpContext context, string? city = null)
    {
        var principal = Caller.Of(context).Principal;
        if (Rights.Allows(principal, Right.RunRetention, city))
        {
            return null;
        }

        return principal.City is { } own && (principal.Has(Role.Administrator) || principal.Has(Role.DataProtectionOfficer))
            ? Problems.Forbidden(
                $"{principal.Reference} has {own} alone, and the run, its state and its verification are of all cities. GET /api/retention/certificates answers for {own}.")
            : Problems.Forbidden($"{principal.Reference} is neither administrator nor data-protection officer, and the retention is theirs. Sign in as one of them.");
    }
}
