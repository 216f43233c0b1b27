using System.Globalization;
using System.Text.Json;
using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Registers;
using Quartier.Domain.Principals;
using Quartier.Domain.Registers;

namespace Quartier.Api.Native.Registers;

/// <summary>The record of processing activities and the draft impact assessment: written from what is in force, approved by the data-protection officer.</summary>
internal static class RecordRoutes
{
    private const string Base = "/cities/{city}/records/{record}";

    private static readonly QueryParameter Digest = new(
        "digest", QueryKind.Text, "SHA-256 of the record that was read; when it is another one by now, nothing is approved.")
    {
        Maximum = 64,
    };

    private static int[] Refusals =>
        [StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet(Base, GetAsync)
            .Describe("getRecord", "The record as the configuration gives it now; as JSON, or as a page made for print.", HtmlPage.Format)
            .Answers<RecordItem>(Refusals);
        api.MapGet(Base + "/changes", GetChangesAsync)
            .Describe("getRecordChanges", "What changed since the record was approved; as JSON, or as a page made for print.", HtmlPage.Format)
            .Answers<RecordChangesItem>(Refusals);
        api.MapPost(Base + "/approve", ApproveAsync)
            .Describe("approveRecord", "Approves the record of this moment, for the data-protection officer; the ledger has it first.", Digest)
            .Answers<ApprovalItem>([.. Refusals, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable]);
    }

    private static async Task<IResult> GetAsync(
        [AsParameters] RecordAddress address, HttpContext context, CityDirectory directory, RecordDesk desk, CancellationToken cancellationToken)
    {
        if (!address.Find(context, directory, Right.SeeRecords).TryGet(out var found, out var problem)
            || !HtmlPage.IsWanted(context.Request).TryGet(out var isPage, out problem))
        {
            return problem;
        }

        Negotiated(context);
        var written = await desk.WriteAsync(found.City, found.Kind, cancellationToken).ConfigureAwait(false);
        if (isPage)
        {
            return new HtmlPage(written.Page(written.Standing));
        }

        using var json = JsonDocument.Parse(written.Json);
        var item = new RecordItem(
            address.Record,
            new(written.NowMs),
            written.Digest,
            written.Approved?.Digest == written.Digest,
            ApprovalItem.Of(written.Approved),
            json.RootElement.Clone());
        return Results.Json(item, ApiJson.Api.RecordItem);
    }

    private static async Task<IResult> GetChangesAsync(
        [AsParameters] RecordAddress address, HttpContext context, CityDirectory directory, RecordDesk desk, CancellationToken cancellationToken)
    {
        if (!address.Find(context, directory, Right.SeeRecords).TryGet(out var found, out var problem)
            || !HtmlPage.IsWanted(context.Request).TryGet(out var isPage, out problem))
        {
            return problem;
        }

        Negotiated(context);
        var written = await desk.WriteAsync(found.City, found.Kind, cancellationToken).ConfigureAwait(false);
        var difference = RecordDifference.Between(written.Approved?.Json, written.Json);
        if (isPage)
        {
            var title = found.Kind == RecordKind.Processing ? "Verzeichnis von Verarbeitungstätigkeiten" : "Datenschutz-Folgenabschätzung";
            return new HtmlPage(RecordPage.Write($"{title}: {found.City.City.Name}", difference, written.Standing));
        }

        return Results.Json(
            new RecordChangesItem(address.Record, written.Digest, ApprovalItem.Of(written.Approved), difference.Changes, difference.More),
            ApiJson.Api.RecordChangesItem);
    }

    private static async Task<IResult> ApproveAsync(
        [AsParameters] RecordAddress address, HttpContext context, CityDirectory directory, RecordDesk desk, CancellationToken cancellationToken)
    {
        if (!address.Find(context, directory, Right.ApproveRecords).TryGet(out var found, out var problem))
        {
            return problem;
        }

        if (!QueryReader.Text(context.Request, Digest).TryGet(out var read, out problem) && problem is not null)
        {
            return problem;
        }

        var written = await desk.WriteAsync(found.City, found.Kind, cancellationToken).ConfigureAwait(false);
        if (read is not null && read != written.Digest)
        {
            return Problems.Conflict(
                $"The record that was read has the digest {Problems.Quote(read)}, and by now it is {written.Digest}: the configuration changed. Read it again, then approve.");
        }

        if (written.Json.Length > RecordLimits.MaxCharacters)
        {
            return Problems.Conflict(string.Create(
                CultureInfo.InvariantCulture,
                $"The record has {written.Json.Length} characters, and at most {RecordLimits.MaxCharacters} are kept. Policies with fewer entries give a shorter one."));
        }

        // Not cancelled with the request: once recorded it is done whole.
        var approved = await desk.Records(found.City).Approve(found.Kind, written.Json, Caller.Of(context).Principal.Reference).ConfigureAwait(false);
        return Results.Json(ApprovalItem.Of(approved)!, ApiJson.Api.ApprovalItem);
    }

    private static void Negotiated(HttpContext context)
    {
        context.Response.Headers.Append("Vary", "Accept");
        context.Response.Headers.CacheControl = "no-store";
    }
}
