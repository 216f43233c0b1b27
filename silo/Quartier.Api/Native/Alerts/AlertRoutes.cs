using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Contracts;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Districts;
using Quartier.Domain.Principals;

namespace Quartier.Api.Native.Alerts;

/// <summary>Alerts: the list over districts, and taking one.</summary>
internal static class AlertRoutes
{
    private static readonly QueryParameter State = new("state", QueryKind.Word, "Only alerts in this state.")
    {
        Words = [.. Words<AlertState>.All],
        Optional = true,
    };

    private static readonly QueryParameter Subject = new(
        "subject", QueryKind.Text, "Only alerts of this subject: sensor/{gateway}/{sensor} or asset/{id}.");

    private static readonly QueryParameter Limit = Parameters.Limit with { Maximum = AlertLister.PageMax };

    private static readonly QueryParameter After = new("after", QueryKind.Text, "Continues a list: 'next' of the page before.");

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/cities/{city}/alerts", ListAsync)
            .Describe(
                "listAlerts",
                "The alerts of a city with their explanations, newest first, page by page.",
                Parameters.District,
                State,
                Subject,
                Limit,
                After)
            .Answers<AlertPage>(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests);
        api.MapPost("/cities/{city}/districts/{district}/alerts/{id}/acknowledge", AcknowledgeAsync)
            .Describe("acknowledgeAlert", "The caller takes an alert; taking it again changes who has it. A body is not read.")
            .Answers<AlertItem>(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status401Unauthorized,
                StatusCodes.Status403Forbidden,
                StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(
        string city, HttpContext context, CityDirectory directory, AlertPages pages, CancellationToken cancellationToken)
    {
        if (!directory.City(city).TryGet(out var found, out var problem)
            || !ReadFilter(context.Request, found).TryGet(out var filter, out problem)
            || !(await pages.ReadAsync(context, found, filter, cancellationToken).ConfigureAwait(false)).TryGet(out var page, out problem))
        {
            return problem;
        }

        return Results.Json(page, ApiJson.Api.AlertPage);
    }

    private static Outcome<AlertFilter> ReadFilter(HttpRequest request, CityIndex city)
    {
        if (!Parameters.ReadDistrict(request, city).TryGet(out var district, out var problem)
            || !QueryReader.Word(request, State).TryGet(out var state, out problem)
            || !QueryReader.Text(request, Subject).TryGet(out var subject, out problem)
            || !QueryReader.Text(request, After).TryGet(out var after, out problem)
            || !QueryReader.Whole(request, Limit).TryGet(out var limit, out problem))
        {
            return problem;
        }

        var cursor = after is null ? null : AlertCursor.Parse(after);
        return after is not null && cursor is null
            ? Problems.BadParameter(After.Name, after, "it is not the 'next' of a page of alerts. Leave it out to begin with the newest.")
            : new AlertFilter(district, state is null ? null : Words<AlertState>.Parse(state), subject, cursor, limit);
    }

    private static async Task<IResult> AcknowledgeAsync(
        [AsParameters] AlertAddress address,
        HttpContext context,
        CityDirectory directory,
        IGrainFactory grains,
        AlertViewer viewer,
        CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        if (!directory.City(address.City).TryGet(out var found, out var problem)
            || !CityDirectory.District(found, address.District).TryGet(out _, out problem)
            || (problem = Permission.Refuse(caller, Right.AcknowledgeAlerts, found.Id)) is not null)
        {
            return problem;
        }

        var grain = grains.GetGrain<IDistrictGrain>(GrainKeys.District(found.Id, address.District));
        var alert = await grain.Acknowledge(address.Id, caller.Principal.Id).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (alert is null)
        {
            return Problems.Unknown(
                $"alert in district {address.District}", address.Id, [], $"GET /api/cities/{found.Id}/alerts?district={address.District} lists them.");
        }

        return Results.Json(await viewer.ShowAsync(caller, found, alert).ConfigureAwait(false), ApiJson.Api.AlertItem);
    }
}
