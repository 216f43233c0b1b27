using Quartier.Api.Accounts;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Contracts.Ledgers;
using Quartier.Domain.Principals;

namespace Quartier.Api.Native.Ledgers;

/// <summary>The installation's own ledger, of what concerns no single city: sign-ins and changes of accounts that count everywhere.</summary>
internal static class InstallationLedgerRoutes
{
    private const string Base = "/installation/ledger";

    private static readonly int[] Refusals = [StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status503ServiceUnavailable];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet(Base, ListAsync)
            .Describe(
                "listInstallationLedger",
                "Entries of the installation's own ledger, for the data-protection officer and the administrator of all cities; itself recorded.",
                LedgerRoutes.From,
                LedgerRoutes.Limit,
                LedgerRoutes.Kind,
                LedgerRoutes.Who,
                LedgerRoutes.Since,
                LedgerRoutes.Until)
            .Answers<LedgerPageItem>(Refusals);
        api.MapPost(Base + "/resolve", ResolveAsync)
            .Describe(
                "resolveInstallationPseudonym",
                "Who a pseudonym of the installation's own ledger stands for, for the data-protection officer of all cities; recorded there first.")
            .Accepts<ResolveRequest>("application/json")
            .Answers<ResolveAnswer>([.. Refusals, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType]);
    }

    private static async Task<IResult> ListAsync(HttpContext context, LedgerDesk desk)
    {
        var (caller, request) = (Caller.Of(context), context.Request);
        if (Refuse(caller) is { } refusal)
        {
            return refusal;
        }

        if (!QueryReader.Word(request, LedgerRoutes.Kind).TryGet(out var kind, out var problem)
            || !QueryReader.Text(request, LedgerRoutes.Who).TryGet(out var who, out problem)
            || !QueryReader.Instant(request, LedgerRoutes.Since).TryGet(out var since, out problem)
            || !QueryReader.Instant(request, LedgerRoutes.Until).TryGet(out var until, out problem)
            || !QueryReader.Whole(request, LedgerRoutes.From).TryGet(out var from, out problem)
            || !QueryReader.Whole(request, LedgerRoutes.Limit).TryGet(out var limit, out problem))
        {
            return problem;
        }

        var filter = new LedgerFilter(kind is null ? null : Words<LedgerEntryKind>.Parse(kind), who, null, null, null, since, until);
        var found = await LedgerDesk.AskAsync(() => desk.Reader.FindAsync(AccountRecord.Installation, filter, from, limit)).ConfigureAwait(false);
        return found.TryGet(out var page, out problem)
            && (problem = desk.Note(AccountRecord.Installation, caller, "listed entries", page.Entries.Length)) is null
            ? Results.Json(desk.Show(AccountRecord.Installation, page), ApiJson.Api.LedgerPageItem)
            : problem;
    }

    /// <summary>The administrator reads entries here, and is not told who stands behind them: that is the officer's alone, as in a city.</summary>
    private static async Task<IResult> ResolveAsync(HttpContext context, LedgerDesk desk, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        if (!Rights.Allows(caller.Principal, Right.ResolvePseudonyms, city: null))
        {
            return Problems.Forbidden("Who stands behind a pseudonym of the installation's own ledger, only the data-protection officer of all cities is told.");
        }

        return (await ResolveBody.ReadAsync(context.Request, cancellationToken).ConfigureAwait(false)).TryGet(out var pseudonym, out var problem)
            && (await desk.ResolveAsync(AccountRecord.Installation, caller, pseudonym).ConfigureAwait(false)).TryGet(out var answer, out problem)
            ? Results.Json(answer, ApiJson.Api.ResolveAnswer)
            : problem;
    }

    private static ApiProblem? Refuse(Caller caller) =>
        Rights.Allows(caller.Principal, Right.SeeLedger, city: null) || Rights.Allows(caller.Principal, Right.ChangeAccounts, city: null)
            ? null
            : Problems.Forbidden("The installation's own ledger is for the data-protection officer and the administrator of all cities.");
}
