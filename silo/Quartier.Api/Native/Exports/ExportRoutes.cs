using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Api.Native.Readings;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Ledgers;

namespace Quartier.Api.Native.Exports;

/// <summary>Exports: many rows of several datastreams in one answer.</summary>
internal static class ExportRoutes
{
    private const string Csv = "csv";
    private const long MsPerDay = 86_400_000;

    private static readonly QueryParameter Format = new("format", QueryKind.Word, "CSV (RFC 4180) or JSON.") { Words = [Csv, "json"] };

    private static readonly QueryParameter Limit = new("limit", QueryKind.Whole, "Rows at most; the grants may allow fewer.")
    {
        Default = 100_000,
        Maximum = 1_000_000,
    };

    private static readonly QueryParameter After = new("after", QueryKind.Text, "Continues an export: take it from the Link header, or 'next', of the page before.");

    public static void Map(RouteGroupBuilder api) => api.MapGet("/cities/{city}/export", ExportAsync)
        .Describe(
            "export",
            "Single readings, or aggregates over windows, of up to 100 datastreams. All must be permitted. More than the row limit: a Link header names "
            + "the next page. Without a start: the last day.",
            StreamNames.Parameter,
            TimeRange.From,
            TimeRange.To,
            AggregateWindow.OptionalParameter,
            Format,
            Limit,
            After)
        .Answers<string>(
            "text/csv",
            StatusCodes.Status400BadRequest,
            StatusCodes.Status403Forbidden,
            StatusCodes.Status404NotFound,
            StatusCodes.Status429TooManyRequests,
            StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> ExportAsync(
        string city, HttpContext context, CityDirectory directory, [AsParameters] ExportParts parts, CancellationToken cancellationToken)
    {
        // How long an export streams is not known before: each takes a place.
        if (!directory.City(city).TryGet(out var found, out var problem)
            || !AggregateWindow.ReadOptional(context.Request).TryGet(out var window, out problem) && problem is not null
            || !QueryReader.Word(context.Request, Format).TryGet(out var format, out problem)
            || !QueryReader.Whole(context.Request, Limit).TryGet(out var limit, out problem)
            || !parts.Question.TakePlace(context).TryGet(out _, out problem)
            || !(await OpenAsync(context, found, window, parts, cancellationToken).ConfigureAwait(false)).TryGet(out var slices, out problem)
            || !ReadCursor(context.Request, slices).TryGet(out var first, out problem))
        {
            return problem!;
        }

        parts.Record.Kind = LedgerEntryKind.Export;
        parts.Record.Detail = "export-begun";
        var zone = TimeZoneInfo.FindSystemTimeZoneById(found.City.TimeZone);
        var most = slices.Min(s => Math.Min(limit, s.Opened.Obligations.RowLimit));
        var plan = window is null
            ? await ExportPlan.OfReadingsAsync(parts.Store, slices, first, most, zone, cancellationToken).ConfigureAwait(false)
            : ExportPlan.OfWindows(slices, first, most, window, zone);
        NextLink.Set(context, After, plan.Next?.ToString());
        IExportWriter writer = format == Csv ? new CsvExport() : new JsonExport();
        return new ExportAnswer(Caller.Of(context), found, plan, writer, parts.Rows, parts.Ledger, parts.Time);
    }

    private static async Task<Outcome<List<ExportSlice>>> OpenAsync(
        HttpContext context, CityIndex city, AggregateWindow? window, ExportParts parts, CancellationToken cancellationToken)
    {
        if (!StreamNames.Read(context.Request, city).TryGet(out var named, out var problem))
        {
            return problem;
        }

        if (named.Count == 0)
        {
            return Problems.BadParameter(StreamNames.Parameter.Name, string.Empty, "name at least one datastream as gateway/sensor/property.");
        }

        var (caller, resolution) = (Caller.Of(context), window?.Resolution ?? Resolution.Raw);
        var wanted = named.Select(n => (n.Sensor.District, Decisions.Name(n.Sensor, n.Datastream.Property)));
        await parts.Decisions.PrepareAsync(caller, city, wanted, resolution, cancellationToken, rows: 0).ConfigureAwait(false);
        var opened = new List<(Contracts.Registry.SensorDefinition Sensor, OpenDatastream Datastream)>(named.Count);
        foreach (var (sensor, datastream) in named)
        {
            var outcome = await parts.Reader.OpenAsync(context, city, sensor, datastream, resolution, 0).ConfigureAwait(false);
            if (!outcome.TryGet(out var one, out problem))
            {
                return problem;
            }

            opened.Add((sensor, one));
        }

        var latestMs = opened.Max(o => o.Datastream.State.Latest?.TimeMs);
        return TimeRange.Read(context.Request, latestMs, window?.DefaultRangeMs ?? MsPerDay).TryGet(out var range, out problem)
            ? opened.ConvertAll(o => new ExportSlice(o.Sensor, o.Datastream, range))
            : problem;
    }

    /// <summary>Index of the datastream with which the page begins; that one's range is made to begin where the page before ended.</summary>
    private static Outcome<int> ReadCursor(HttpRequest request, List<ExportSlice> slices)
    {
        if (!QueryReader.Text(request, After).TryGet(out var text, out var problem) && problem is not null)
        {
            return problem;
        }

        if (text is null)
        {
            return 0;
        }

        if (ExportCursor.Parse(text) is not { } cursor || cursor.Index >= slices.Count)
        {
            return Problems.BadParameter(After.Name, text, "it is not the 'next' of a page of this export. Leave it out to begin.");
        }

        var slice = slices[cursor.Index];
        slices[cursor.Index] = slice with { Range = slice.Range with { FromMs = Math.Clamp(cursor.FromMs, slice.Range.FromMs, slice.Range.ToMs) } };
        return cursor.Index;
    }
}
