using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Domain.Judgement;
using Quartier.Domain.Time;

namespace Quartier.Api.Native.Readings;

/// <summary>Readings of a datastream: the newest, a range, aggregates.</summary>
internal static class ReadingRoutes
{
    private const string Base = "/cities/{city}/sensors/{gateway}/{sensor}/{property}";
    private const long MsPerDay = 86_400_000;

    private static readonly QueryParameter Limit = new("limit", QueryKind.Whole, "Readings on the page.") { Default = 1_000, Maximum = 10_000 };

    public static void Map(RouteGroupBuilder api)
    {
        int[] problems =
        [
            StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable,
        ];
        api.MapGet(Base + "/latest", GetLatestAsync)
            .Describe("getLatest", "The newest reading of a datastream; 404 while there is none.")
            .Answers<LatestItem>(problems);
        api.MapGet(Base + "/readings", GetReadingsAsync)
            .Describe(
                "getReadings",
                "Readings in order of time, page by page, with their derived quality. Without a start: the last day.",
                TimeRange.From,
                TimeRange.To,
                Limit)
            .Answers<ReadingPage>(problems);
        api.MapGet(Base + "/aggregates", GetAggregatesAsync)
            .Describe(
                "getAggregates",
                "Aggregates over whole windows that touch the range, at most 10,000. Without a start: a day of quarters, a week of hours, 31 days.",
                TimeRange.From,
                TimeRange.To,
                AggregateWindow.Parameter)
            .Answers<AggregateList>([.. problems, StatusCodes.Status429TooManyRequests]);
    }

    private static async Task<IResult> GetLatestAsync([AsParameters] DatastreamAddress address, HttpContext context, DatastreamReader reader)
    {
        var outcome = await reader.OpenAsync(address, context, Resolution.Raw).ConfigureAwait(false);
        if (!outcome.TryGet(out var opened, out var problem))
        {
            return problem;
        }

        return opened.State.Latest is { } latest
            ? Results.Json(
                new LatestItem(
                    new(latest.TimeMs),
                    latest.Value,
                    opened.Datastream.Unit,
                    opened.ShowsQuality ? new QualityFlags(latest.Quality) : null,
                    ObligationsItem.OrNull(opened.Obligations)),
                ApiJson.Api.LatestItem)
            : Problems.NothingYet($"Nothing was stored for datastream '{address.Property}' yet. Its sensor's books say what arrived.");
    }

    private static async Task<IResult> GetReadingsAsync(
        [AsParameters] DatastreamAddress address,
        HttpContext context,
        DatastreamReader reader,
        IReadingStore store,
        ReadRecord record,
        CancellationToken cancellationToken)
    {
        var outcome = await reader.OpenAsync(address, context, Resolution.Raw, rows: 0).ConfigureAwait(false);
        if (!outcome.TryGet(out var opened, out var problem)
            || !QueryReader.Whole(context.Request, Limit).TryGet(out var limit, out problem)
            || !TimeRange.Read(context.Request, opened.State.Latest?.TimeMs, MsPerDay).TryGet(out var range, out problem))
        {
            return problem;
        }

        var page = await ReadPageAsync(store, opened, range, Math.Min(limit, opened.Obligations.RowLimit), cancellationToken).ConfigureAwait(false);
        record.Add(opened.District, opened.Name, Resolution.Raw, opened.Decision, page.Items.Length);
        NextLink.Set(context, TimeRange.From, page.Next is { } next ? IsoTime.Format(next.Ms) : null);
        return Results.Json(page, ApiJson.Api.ReadingPage);
    }

    private static async Task<ReadingPage> ReadPageAsync(
        IReadingStore store, OpenDatastream opened, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        var (datastream, state) = (opened.Datastream, opened.State);
        var obligations = ObligationsItem.OrNull(opened.Obligations);
        if (range.FromMs == range.ToMs)
        {
            return new(datastream.Unit, [], null, obligations);
        }

        // One more than asked for tells whether there is a next page, and where it begins.
        var found = await store.RangeAsync(state.Number, range.FromMs, range.ToMs, limit + 1, cancellationToken).ConfigureAwait(false);
        var readings = found.Take(limit).ToArray();
        if (readings.Length > 0 && opened.ShowsQuality)
        {
            var before = await Neighbours.BeforeAsync(store, state.Number, datastream, readings[0].TimeMs, cancellationToken).ConfigureAwait(false);
            DerivedQuality.Annotate(datastream, before, readings);
        }

        var items = Array.ConvertAll(
            readings, r => new ReadingItem(new(r.TimeMs), r.Value, opened.ShowsQuality ? new QualityFlags(r.Quality) : null));
        return new(datastream.Unit, items, found.Count > limit ? new UtcTime(found[limit].TimeMs) : null, obligations);
    }

    private static async Task<IResult> GetAggregatesAsync(
        [AsParameters] DatastreamAddress address,
        HttpContext context,
        CityDirectory directory,
        DatastreamReader reader,
        AggregateReader aggregates,
        ReadRecord record)
    {
        if (!AggregateWindow.Read(context.Request).TryGet(out var window, out var problem)
            || !directory.City(address.City).TryGet(out var city, out problem)
            || !(await reader.OpenAsync(address, context, window.Resolution, rows: 0).ConfigureAwait(false)).TryGet(out var opened, out problem)
            || !TimeRange.Read(context.Request, opened.State.Latest?.TimeMs, window.DefaultRangeMs).TryGet(out var range, out problem)
            || !Whole(range, window).TryGet(out var whole, out problem)
            || !aggregates.Afford(context, WindowAggregates.Count(whole, window)).TryGet(out _, out problem))
        {
            return problem;
        }

        var (rows, nextMs) = await aggregates.ReadAsync(city, opened, whole, window, context.RequestAborted).ConfigureAwait(false);
        record.Add(opened.District, opened.Name, window.Resolution, opened.Decision, rows.Count);
        NextLink.Set(context, TimeRange.From, nextMs is { } next ? IsoTime.Format(next) : null);
        return Results.Json(
            new AggregateList(
                opened.Datastream.Unit,
                rows.ConvertAll(r => AggregateItem.Of(r, opened.ShowsQuality, last: opened.Obligations.Floor == Resolution.Raw)),
                nextMs is { } ms ? new UtcTime(ms) : null,
                ObligationsItem.OrNull(opened.Obligations)),
            ApiJson.Api.AggregateList);
    }

    private static Outcome<TimeRange> Whole(TimeRange range, AggregateWindow window)
    {
        var whole = WindowAggregates.Widen(range, window);
        var count = WindowAggregates.Count(whole, window);
        return count <= WindowAggregates.WindowsMax
            ? whole
            : Problems.BadParameter(
                AggregateWindow.Parameter.Name,
                window.Word,
                $"the range holds {count:N0} such windows, and at most {WindowAggregates.WindowsMax:N0} are answered. Ask for a shorter range or a longer window.");
    }
}
