using Quartier.Api.Http;
using Quartier.Api.Json;
using Quartier.Api.Native.Cities;
using Quartier.Domain.Publication;

namespace Quartier.Api.OpenData;

/// <summary>Aggregates that may be shown to whoever the policy lets see no single sensor: fixed cells, without re-identification.</summary>
internal static class OpenRoutes
{
    private const string Base = "/cities/{city}/streams";

    private static readonly QueryParameter First = new("first", QueryKind.Text, "Id of the first cohort's cell.");
    private static readonly QueryParameter Second = new("second", QueryKind.Text, "Id of the second cohort's cell.");

    public static void Map(RouteGroupBuilder open)
    {
        int[] problems =
        [
            StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound,
            StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable,
        ];
        open.MapGet(Base, List)
            .Describe("listPublishedStreams", "The streams that the city's policies name, with the parameters of their publication.")
            .Answers<PublishedStreamItem[]>(StatusCodes.Status404NotFound);
        open.MapGet(Base + "/{stream}/{property}/cells", GetCellsAsync)
            .Describe(
                "getPublishedCells",
                "Aggregates over districts or grid cells; what is withheld says why.",
                PublicationQuery.Length,
                Native.Readings.TimeRange.From,
                Native.Readings.TimeRange.To)
            .Answers<PublishedList>(problems);
        open.MapGet(Base + "/{stream}/{property}/cohorts", GetCohortsAsync)
            .Describe(
                "compareCohorts",
                "Two cells compared on what is published of them; sums per contributing meter.",
                PublicationQuery.Length,
                Native.Readings.TimeRange.From,
                Native.Readings.TimeRange.To,
                First,
                Second)
            .Answers<CohortList>(problems);
    }

    private static IResult List(string city, CityDirectory directory, PublishedStreams streams) =>
        directory.City(city).TryGet(out var found, out var problem)
            ? Results.Json(
                [.. streams.All(found).Select(s => new PublishedStreamItem(s.Id, s.Property, s.Unit, s.Sensors.Length, PublicationRulesItem.Of(s)))],
                ApiJson.Api.PublishedStreamItemArray)
            : problem;

    private static async Task<IResult> GetCellsAsync(
        [AsParameters] StreamAddress address, HttpContext context, PublicationDesk desk, CancellationToken cancellationToken)
    {
        var outcome = await desk.ReadAsync(address, context, cancellationToken).ConfigureAwait(false);
        if (!outcome.TryGet(out var published, out var problem))
        {
            return problem;
        }

        var (stream, query, cells) = published;
        return Results.Json(
            new PublishedList(
                stream.Id,
                stream.Property,
                stream.Unit,
                query.Word,
                PublicationRulesItem.Of(stream),
                stream.City.City.Attributions,
                WithholdingTexts.Of(cells),
                [.. cells.Select(PublishedCellItem.Of)]),
            ApiJson.Api.PublishedList);
    }

    private static async Task<IResult> GetCohortsAsync(
        [AsParameters] StreamAddress address, HttpContext context, PublicationDesk desk, CancellationToken cancellationToken)
    {
        if (!QueryReader.Text(context.Request, First).TryGet(out var first, out var problem)
            || !QueryReader.Text(context.Request, Second).TryGet(out var second, out problem))
        {
            return problem;
        }

        var outcome = await desk.ReadAsync(address, context, cancellationToken).ConfigureAwait(false);
        if (!outcome.TryGet(out var published, out problem)
            || !Known(published.Stream, First, first).TryGet(out first, out problem)
            || !Known(published.Stream, Second, second).TryGet(out second, out problem))
        {
            return problem;
        }

        var (stream, query, cells) = published;
        var rows = Cohorts.Compare(cells, first, second, stream.Measure)
            .Select(r => new CohortItem(new(r.StartMs), new(r.EndMs), r.First, r.Second, r.Difference, r.Ratio));
        return Results.Json(
            new CohortList(
                stream.Id, stream.Property, stream.Unit, query.Word, first, second, PublicationRulesItem.Of(stream), stream.City.City.Attributions, [.. rows]),
            ApiJson.Api.CohortList);
    }

    private static Outcome<string> Known(PublishedStream stream, QueryParameter parameter, string? cell)
    {
        var cells = stream.Sensors.Select(s => s.Cell).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return cell is not null && cells.Contains(cell, StringComparer.Ordinal)
            ? cell
            : Problems.BadParameter(
                parameter.Name, cell ?? string.Empty, $"the id of a cell is expected. The stream has {string.Join(", ", cells.Take(20))}.");
    }
}
