using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Ledgers;

namespace Quartier.Api.Native.Ledgers;

/// <summary>The ledger: checkpoint, proofs and summary for everybody, entries for the data-protection officer.</summary>
internal static class LedgerRoutes
{
    private const string Base = "/cities/{city}/ledger";

    /// <summary>Entries of a page at most.</summary>
    private const int PageMax = 1_000;

    /// <summary>Days back to which the summary reaches.</summary>
    private const int SummaryDays = 60;

    internal static readonly QueryParameter From = Number("from", "The page begins with this index; 'next' of the page before.", 0);
    internal static readonly QueryParameter Limit = Parameters.Limit with { Maximum = PageMax };
    internal static readonly QueryParameter Kind = new("kind", QueryKind.Word, "Only entries of this kind.")
    {
        Words = [.. Words<LedgerEntryKind>.All],
        Optional = true,
    };

    internal static readonly QueryParameter Who = new("who", QueryKind.Text, "Only entries of this reference or pseudonym.");
    private static readonly QueryParameter Purpose = new("for", QueryKind.Text, "Only entries that name this purpose.");
    private static readonly QueryParameter Stream = new("stream", QueryKind.Text, "Only entries that name this stream.");
    internal static readonly QueryParameter Since = new("since", QueryKind.Instant, "Only entries of this time or later.");
    internal static readonly QueryParameter Until = new("until", QueryKind.Instant, "Only entries before this time.");
    private static readonly QueryParameter Index = Number("index", "Index of the entry.", 0);
    private static readonly QueryParameter Size = Number("size", "Entries of the tree; without it those of the newest checkpoint.", -1);
    private static readonly QueryParameter OlderSize = Number("from", "Entries of the older tree.", 0);
    private static readonly QueryParameter NewerSize = Number("to", "Entries of the newer tree; without it those of the newest checkpoint.", -1);
    private static readonly QueryParameter DaysAgo = new("days-ago", QueryKind.Whole, "Which day (UTC), counted back from today.")
    {
        Default = 0,
        Minimum = 0,
        Maximum = SummaryDays,
    };

    public static void Map(RouteGroupBuilder api)
    {
        int[] problems = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable];
        int[] guarded = [.. problems, StatusCodes.Status403Forbidden];
        api.MapGet(Base, ListAsync)
            .Describe(
                "listLedger",
                "Entries of the city's ledger in order of their index, for the data-protection officer; itself recorded.",
                From,
                Limit,
                Kind,
                Who,
                Parameters.District,
                Purpose,
                Stream,
                Since,
                Until)
            .Answers<LedgerPageItem>(guarded);
        api.MapGet(Base + "/checkpoint", GetCheckpointAsync)
            .Describe("getLedgerCheckpoint", "The newest signed checkpoint of the city's ledger and the key that signs.")
            .Answers<LedgerHeadItem>(problems);
        api.MapGet(Base + "/proof", GetProofAsync)
            .Describe("proveLedgerEntry", "The proof that an entry is in the ledger (RFC 9162 section 2.1.3).", Index, Size)
            .Answers<LedgerProofItem>(problems);
        api.MapGet(Base + "/consistency", GetConsistencyAsync)
            .Describe("proveLedgerConsistency", "The proof that nothing was changed between two sizes (RFC 9162 section 2.1.4).", OlderSize, NewerSize)
            .Answers<LedgerProofItem>(problems);
        api.MapGet(Base + "/summary", GetSummaryAsync)
            .Describe("getLedgerSummary", "How often which stream was read for which purpose on a day; names nobody.", DaysAgo)
            .Answers<LedgerSummaryItem>(problems);
        api.MapGet(Base + "/export", ExportAsync)
            .Describe("exportLedger", "The whole ledger for verification elsewhere, for the data-protection officer; itself recorded.")
            .Answers<string>("application/x-ndjson", guarded);
        api.MapPost(Base + "/resolve", ResolveAsync)
            .Describe("resolvePseudonym", "Who a pseudonym stands for, for the data-protection officer; recorded first.")
            .Accepts<ResolveRequest>("application/json")
            .Answers<ResolveAnswer>([.. guarded, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType]);
        api.MapPost(Base + "/accept-break", AcceptBreakAsync)
            .Describe(
                "acceptLedgerBreak",
                "Accepts that the ledger does not hold, for the data-protection officer: its files are kept aside, and the next log begins with an entry that says so.")
            .Accepts<LedgerBreakRequest>("application/json")
            .Answers<LedgerBreakItem>([.. guarded, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType]);
    }

    private static QueryParameter Number(string name, string description, int otherwise) =>
        new(name, QueryKind.Whole, description) { Default = otherwise, Minimum = 0, Maximum = int.MaxValue };

    private static async Task<IResult> ListAsync(string city, HttpContext context, CityDirectory directory, LedgerDesk desk)
    {
        var caller = Caller.Of(context);
        if (!directory.City(city).TryGet(out var found, out var problem)
            || (problem = LedgerDesk.RefuseOthers(caller, city)) is not null
            || !ReadFilter(context.Request, found).TryGet(out var filter, out problem)
            || !QueryReader.Whole(context.Request, From).TryGet(out var from, out problem)
            || !QueryReader.Whole(context.Request, Limit).TryGet(out var limit, out problem)
            || !(await LedgerDesk.AskAsync(() => desk.Reader.FindAsync(city, filter, from, limit)).ConfigureAwait(false)).TryGet(out var page, out problem)
            || (problem = desk.Note(city, caller, "listed entries", page.Entries.Length)) is not null)
        {
            return problem;
        }

        return Results.Json(desk.Show(city, page), ApiJson.Api.LedgerPageItem);
    }

    private static Outcome<LedgerFilter> ReadFilter(HttpRequest request, CityIndex city)
    {
        if (!QueryReader.Word(request, Kind).TryGet(out var kind, out var problem)
            || !QueryReader.Text(request, Who).TryGet(out var who, out problem)
            || !Parameters.ReadDistrict(request, city).TryGet(out var district, out problem)
            || !QueryReader.Text(request, Purpose).TryGet(out var purpose, out problem)
            || !QueryReader.Text(request, Stream).TryGet(out var stream, out problem)
            || !QueryReader.Instant(request, Since).TryGet(out var since, out problem)
            || !QueryReader.Instant(request, Until).TryGet(out var until, out problem))
        {
            return problem;
        }

        return new LedgerFilter(kind is null ? null : Words<LedgerEntryKind>.Parse(kind), who, district, purpose, stream, since, until);
    }

    private static async Task<IResult> GetCheckpointAsync(string city, CityDirectory directory, LedgerDesk desk)
    {
        if (!directory.City(city).TryGet(out _, out var problem)
            || !(await LedgerDesk.AskAsync(() => new ValueTask<LedgerHead>(desk.Reader.Head(city))).ConfigureAwait(false)).TryGet(out var head, out problem))
        {
            return problem;
        }

        return Results.Json(new LedgerHeadItem(head.Size, head.CheckpointSize, head.Checkpoint, head.PublicKey), ApiJson.Api.LedgerHeadItem);
    }

    private static async Task<IResult> GetProofAsync(string city, HttpContext context, CityDirectory directory, LedgerDesk desk)
    {
        var caller = Caller.Of(context);
        if (!directory.City(city).TryGet(out _, out var problem)
            || !QueryReader.Whole(context.Request, Index).TryGet(out var index, out problem)
            || !QueryReader.Whole(context.Request, Size).TryGet(out var size, out problem)
            || !(await LedgerDesk.AskAsync(() => desk.Reader.InclusionProofAsync(city, index, size < 0 ? null : size)).ConfigureAwait(false))
                .TryGet(out var proof, out problem))
        {
            return problem;
        }

        if (proof is null)
        {
            return NoTree(city, "entry or size");
        }

        // The line names who read what: for the officer alone, and recorded.
        var isOfficer = LedgerDesk.RefuseOthers(caller, city) is null;
        return isOfficer && desk.Note(city, caller, "proved an entry", 1) is { } unrecorded ? unrecorded : Show(proof, isOfficer);
    }

    private static async Task<IResult> GetConsistencyAsync(string city, HttpContext context, CityDirectory directory, LedgerDesk desk)
    {
        if (!directory.City(city).TryGet(out _, out var problem)
            || !QueryReader.Whole(context.Request, OlderSize).TryGet(out var from, out problem)
            || !QueryReader.Whole(context.Request, NewerSize).TryGet(out var to, out problem)
            || !(await LedgerDesk.AskAsync(
                    () => desk.Reader.ConsistencyProofAsync(city, from, to < 0 ? desk.Reader.Head(city).CheckpointSize : to)).ConfigureAwait(false))
                .TryGet(out var proof, out problem))
        {
            return problem;
        }

        return proof is null ? NoTree(city, "pair of sizes") : Show(proof, withLine: false);
    }

    private static async Task<IResult> GetSummaryAsync(string city, HttpContext context, CityDirectory directory, LedgerDesk desk)
    {
        if (!directory.City(city).TryGet(out _, out var problem)
            || !QueryReader.Whole(context.Request, DaysAgo).TryGet(out var days, out problem)
            || !(await LedgerDesk.AskAsync(() => desk.Reader.SummaryAsync(city, desk.Today.AddDays(-days))).ConfigureAwait(false))
                .TryGet(out var summary, out problem))
        {
            return problem;
        }

        var reads = summary.Rows.Select(r => new LedgerReadsItem(r.District, r.Stream, r.Purpose, r.Reads));
        return Results.Json(
            new LedgerSummaryItem(summary.Day.ToString("O"), [.. reads], summary.Others, summary.Denials), ApiJson.Api.LedgerSummaryItem);
    }

    private static async Task<IResult> ExportAsync(string city, HttpContext context, CityDirectory directory, LedgerDesk desk)
    {
        var caller = Caller.Of(context);
        if (!directory.City(city).TryGet(out _, out var problem)
            || (problem = LedgerDesk.RefuseOthers(caller, city)) is not null
            || (problem = await desk.AppendAsync(city, caller, "exported the ledger").ConfigureAwait(false)) is not null)
        {
            return problem;
        }

        return Results.Stream(
            async body =>
            {
                await foreach (var line in desk.Reader.ExportAsync(city, context.RequestAborted).ConfigureAwait(false))
                {
                    await body.WriteAsync(line, context.RequestAborted).ConfigureAwait(false);
                    await body.WriteAsync("\n"u8.ToArray(), context.RequestAborted).ConfigureAwait(false);
                }
            },
            "application/x-ndjson",
            $"ledger-{city}.ndjson");
    }

    private static async Task<IResult> ResolveAsync(
        string city, HttpContext context, CityDirectory directory, LedgerDesk desk, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        if (!directory.City(city).TryGet(out _, out var problem)
            || (problem = LedgerDesk.RefuseOthers(caller, city)) is not null
            || !(await ResolveBody.ReadAsync(context.Request, cancellationToken).ConfigureAwait(false)).TryGet(out var pseudonym, out problem)
            || !(await desk.ResolveAsync(city, caller, pseudonym).ConfigureAwait(false)).TryGet(out var answer, out problem))
        {
            return problem;
        }

        return Results.Json(answer, ApiJson.Api.ResolveAnswer);
    }

    private static async Task<IResult> AcceptBreakAsync(
        string city, HttpContext context, CityDirectory directory, LedgerDesk desk, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(context);
        if (!directory.City(city).TryGet(out _, out var problem) || (problem = LedgerDesk.RefuseOthers(caller, city)) is not null)
        {
            return problem;
        }

        // Not cancelled with the request: once begun it is done whole.
        var read = await JsonBody.ReadAsync(context.Request, ApiJson.Api.LedgerBreakRequest, LedgerBreakRequest.Example, cancellationToken).ConfigureAwait(false);
        return read.TryGet(out var request, out problem)
            && request.Read().TryGet(out var because, out problem)
            && (await desk.AcceptBreakAsync(city, caller, because).ConfigureAwait(false)).TryGet(out var item, out problem)
            ? Results.Json(item, ApiJson.Api.LedgerBreakItem)
            : problem;
    }

    private static IResult Show(LedgerProof proof, bool withLine) => Results.Json(
        new LedgerProofItem(proof.From, proof.Size, proof.Root, proof.Hashes, withLine ? proof.Line : null), ApiJson.Api.LedgerProofItem);

    private static ApiProblem NoTree(string city, string what) => Problems.Create(
        StatusCodes.Status404NotFound, "not-found", "Not found", $"The ledger has no such {what}. GET /api/cities/{city}/ledger/checkpoint says how large it is.");
}
