using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Api.Questions;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;

namespace Quartier.Api.Native.Readings;

/// <summary>
/// Reads aggregates as the caller may have them. Whoever may not read single readings gets windows only when they have ended: a window that is
/// still filling, read twice, would tell what arrived in between.
/// </summary>
internal sealed class AggregateReader(IReadingStore store, CityTime clock, OpenQuestion question)
{
    /// <summary>Says before what the request costs; a problem when it may not go on.</summary>
    public Outcome<OpenQuestion> Afford(HttpContext context, long windows) => question.Spend(context, windows * WindowAggregates.ReadingsOfAWindow);

    /// <summary>The windows that touch the range, and the <c>from</c> of the next page when the row limit cut them.</summary>
    public async Task<(List<AggregateRow> Rows, long? NextMs)> ReadAsync(
        CityIndex city, OpenDatastream opened, TimeRange range, AggregateWindow window, CancellationToken cancellationToken)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(city.City.TimeZone);
        var rows = await WindowAggregates.ReadAsync(store, opened.State.Number, range, window, zone, cancellationToken).ConfigureAwait(false);
        if (opened.Obligations.Floor != Resolution.Raw)
        {
            var now = await clock.NowAsync(city, [opened.District], cancellationToken).ConfigureAwait(false);
            rows.RemoveAll(r => r.EndMs > now[opened.District]);
        }

        if (rows.Count <= opened.Obligations.RowLimit)
        {
            return (rows, null);
        }

        var nextMs = rows[opened.Obligations.RowLimit].StartMs;
        rows.RemoveRange(opened.Obligations.RowLimit, rows.Count - opened.Obligations.RowLimit);
        return (rows, nextMs);
    }
}
