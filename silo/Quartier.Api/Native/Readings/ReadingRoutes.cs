using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Contracts.Readings;
using Quartier.Domain.Judgement;

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
            .Answers<AggregateList>(problems);
    }

    private static async Task<IResult> GetLatestAsync([AsParameters] DatastreamAddress address, HttpContext context, DatastreamReader reader)
    {
        var outcome = await reader.OpenAsync(address, context).ConfigureAwait(false);
        if (!outcome.TryGet(out var opened, out var problem))
        {
            return problem;
        }

        return opened.State.Latest is { } latest
            ? Results.Json(
                new LatestItem(new(latest.TimeMs), latest.Value, opened.Datastream.Unit, new(latest.Quality)), ApiJson.Api.LatestItem)
            : Problems.NothingYet($"Nothing was stored for datastream '{address.Property}' yet. Its sensor's books say what arrived.");
    }

    private static async Task<IResult> GetReadingsAsync(
        [AsParameters] DatastreamAddress address,
        HttpContext context,
        DatastreamReader reader,
        IReadingStore store,
        CancellationToken cancellationToken)
    {
        var outcome = await reader.OpenAsync(address, context).ConfigureAwait(false);
        if (!outcome.TryGet(out var opened, out var problem)
            || !QueryReader.Whole(context.Request, Limit).TryGet(out var limit, out problem)
            || !TimeRange.Read(context.Request, opened.State.Latest?.TimeMs, MsPerDay).TryGet(out var range, out problem))
        {
            return problem;
        }

        var page = await ReadPageAsync(store, opened, range, limit, cancellationToken).ConfigureAwait(false);
        return Results.Json(page, ApiJson.Api.ReadingPage);
    }

    private static async Task<ReadingPage> ReadPageAsync(
        IReadingStore store, OpenDatastream opened, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        var (datastream, state) = opened;
        if (range.FromMs == range.ToMs)
        {
            return new(datastream.Unit, [], null);
        }

        // One more than asked for tells whether there is a next page, and where it begins.
        var found = await store.RangeAsync(state.Number, range.FromMs, range.ToMs, limit + 1, cancellationToken).ConfigureAwait(false);
        var readings = found.Take(limit).ToArray();
        if (readings.Length > 0)
        {
            var before = await Neighbours.BeforeAsync(store, state.Number, datastream, readings[0].TimeMs, cancellationToken).ConfigureAwait(false);
            DerivedQuality.Annotate(datastream, before, readings);
        }

        var items = Array.ConvertAll(readings, r => new ReadingItem(new(r.TimeMs), r.Value, new(r.Quality)));
        return new(datastream.Unit, items, found.Count > limit ? new UtcTime(found[limit].TimeMs) : null);
    }

    private static async Task<IResult> GetAggregatesAsync(
        [AsParameters] DatastreamAddress address,
        HttpContext context,
        DatastreamReader reader,
        IReadingStore store,
        CityDirectory directory,
        CancellationToken cancellationToken)
    {
        var outcome = await reader.OpenAsync(address, context).ConfigureAwait(false);
        if (!outcome.TryGet(out var opened, out var problem)
            || !directory.City(address.City).TryGet(out var city, out problem)
            || !AggregateWindow.Read(context.Request).TryGet(out var window, out problem)
            || !TimeRange.Read(context.Request, opened.State.Latest?.TimeMs, window.DefaultRangeMs).TryGet(out var range, out problem)
            || !Whole(range, window).TryGet(out var whole, out problem))
        {
            return problem;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(city.City.TimeZone);
        var rows = await WindowAggregates.ReadAsync(store, opened.State.Number, whole, window, zone, cancellationToken).ConfigureAwait(false);
        return Results.Json(new AggregateList(opened.Datastream.Unit, rows.ConvertAll(AggregateItem.Of)), ApiJson.Api.AggregateList);
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
