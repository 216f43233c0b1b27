using System.Collections.Immutable;
using Quartier.Api.Http;
using Quartier.Api.Native.Cities;
using Quartier.Contracts;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Districts;

namespace Quartier.Api.Native.Alerts;

/// <summary>Merges the districts' alerts into one list, page by page.</summary>
internal sealed class AlertLister(IGrainFactory grains)
{
    /// <summary>Alerts on one page: with what is fetched besides, a district's own limit of 1,000 is never reached.</summary>
    public const int PageMax = 500;

    /// <summary>Ids that can differ from the cursor's in the last character only, and one to tell whether there is more.</summary>
    private const int FetchedBesides = 33;

    /// <summary>The districts that a filter asks.</summary>
    public static string[] DistrictsOf(CityIndex city, AlertFilter filter) =>
        filter.District is null ? [.. city.City.Districts.Select(d => d.Id)] : [filter.District];

    /// <summary>A page, and where the next goes on.</summary>
    /// <param name="city">Where.</param>
    /// <param name="filter">Which.</param>
    /// <param name="grounds">Of each district, on what the alerts rest that are looked for; null for all.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task<(IReadOnlyList<Alert> Alerts, AlertCursor? Next)> ListAsync(
        CityIndex city, AlertFilter filter, IReadOnlyDictionary<string, ImmutableArray<string>>? grounds, CancellationToken cancellationToken)
    {
        var lists = await FanOut.AllAsync(
            grounds is null ? DistrictsOf(city, filter) : [.. grounds.Where(g => !g.Value.IsEmpty).Select(g => g.Key)],
            async district =>
            {
                var grain = grains.GetGrain<IDistrictGrain>(GrainKeys.District(city.Id, district));
                var query = QueryFor(district, filter);
                return await grain.ListAlerts(grounds is null ? query : query with { Grounds = grounds[district] }).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        var merged = lists.SelectMany(l => l)
            .Where(a => filter.After is not { } after || IsBehind(a, after))
            .OrderByDescending(a => a.RaisedMs)
            .ThenBy(a => a.Id, StringComparer.Ordinal)
            .ThenBy(a => a.District, StringComparer.Ordinal)
            .Take(filter.Limit + 1)
            .ToList();
        if (merged.Count <= filter.Limit)
        {
            return (merged, null);
        }

        merged.RemoveAt(filter.Limit);
        return (merged, AlertCursor.Of(merged[^1]));
    }

    /// <summary>
    /// A district's query takes "after this id" only. Where the district sorts behind the cursor's, the same id may still be to come:
    /// then all ids with the same beginning are asked for, and <see cref="IsBehind"/> drops those that are not.
    /// </summary>
    private static AlertQuery QueryFor(string district, AlertFilter filter)
    {
        var limit = filter.Limit + FetchedBesides;
        if (filter.After is not { } after)
        {
            return new(filter.State, null, null, filter.Subject, limit);
        }

        var id = string.CompareOrdinal(district, after.District) > 0 ? after.Id[..^1] : after.Id;
        return new(filter.State, after.RaisedMs, id, filter.Subject, limit);
    }

    private static bool IsBehind(Alert alert, AlertCursor cursor)
    {
        if (alert.RaisedMs != cursor.RaisedMs)
        {
            return alert.RaisedMs < cursor.RaisedMs;
        }

        var byId = string.CompareOrdinal(alert.Id, cursor.Id);
        return byId > 0 || (byId == 0 && string.CompareOrdinal(alert.District, cursor.District) > 0);
    }
}
