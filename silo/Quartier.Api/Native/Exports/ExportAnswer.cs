using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Ledgers;
using Quartier.Domain.Readings;

namespace Quartier.Api.Native.Exports;

/// <summary>Streams an export, and notes in the ledger how many rows it became.</summary>
internal sealed class ExportAnswer(
    Caller caller, CityIndex city, ExportPlan plan, IExportWriter writer, ExportRows rows, ILedger ledger, TimeProvider time) : IResult
{
    private readonly ReadTally _tally = new();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = writer.ContentType;
        var detail = "export-broken-off";
        try
        {
            writer.Begin(response.BodyWriter, plan);
            foreach (var slice in plan.Slices)
            {
                await WriteAsync(slice, httpContext).ConfigureAwait(false);
            }

            writer.End(response.BodyWriter, plan);
            await response.BodyWriter.FlushAsync(httpContext.RequestAborted).ConfigureAwait(false);
            detail = "export-ended";
        }
        finally
        {
            // The ledger knows already that the export began; how far it came can be noted late, or not at all, but no longer prevented.
            foreach (var entry in _tally.Take(caller.Principal.Reference, time.GetUtcNow().ToUnixTimeMilliseconds(), LedgerEntryKind.Export, detail))
            {
                ledger.TryNote(city.Id, entry);
            }
        }
    }

    private async Task WriteAsync(ExportSlice slice, HttpContext context)
    {
        var output = context.Response.BodyWriter;
        if (plan.Window is { } window)
        {
            await foreach (var batch in rows.AggregatesAsync(city, slice, window, plan.Zone, context.RequestAborted).ConfigureAwait(false))
            {
                batch.ForEach(row => writer.Write(output, slice, row));
                await SentAsync(slice, window.Resolution, batch.Count, context).ConfigureAwait(false);
            }

            return;
        }

        await foreach (var batch in rows.ReadingsAsync(slice, context.RequestAborted).ConfigureAwait(false))
        {
            foreach (var reading in batch)
            {
                writer.Write(output, slice, reading);
            }

            await SentAsync(slice, Resolution.Raw, batch.Length, context).ConfigureAwait(false);
        }
    }

    private async Task SentAsync(ExportSlice slice, Resolution resolution, int count, HttpContext context)
    {
        _tally.Add(slice.Opened.District, slice.Opened.Name, resolution, slice.Opened.Decision, count);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
