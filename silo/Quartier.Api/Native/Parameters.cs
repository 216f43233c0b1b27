using Quartier.Api.Http;
using Quartier.Api.Native.Cities;

namespace Quartier.Api.Native;

/// <summary>The query parameters that several routes share.</summary>
internal static class Parameters
{
    /// <summary>Things on one page at most: a page of a thousand sensors is about a megabyte.</summary>
    public const int PageMax = 1_000;

    public static QueryParameter District { get; } = new("district", QueryKind.Text, "Only of the district with this id.");

    public static QueryParameter Limit { get; } = new("limit", QueryKind.Whole, "Items on the page.") { Default = 100, Maximum = PageMax };

    /// <summary>For answers that are plain arrays: as many as a page may hold.</summary>
    public static QueryParameter ArrayLimit { get; } = Limit with { Default = PageMax };

    public static QueryParameter AfterKey { get; } = new(
        "after", QueryKind.Text, "The page begins after this key, in ordinal order; use 'next' of the page before.");

    public static Outcome<PageRequest> ReadPage(HttpRequest request, CityIndex city, QueryParameter limit)
    {
        if (!ReadDistrict(request, city).TryGet(out var district, out var problem)
            || !QueryReader.Whole(request, limit).TryGet(out var count, out problem)
            || !QueryReader.Text(request, AfterKey).TryGet(out var after, out problem))
        {
            return problem;
        }

        return new PageRequest(district, after, count);
    }

    /// <summary>The id of a registered district, or null when none is asked for.</summary>
    public static Outcome<string?> ReadDistrict(HttpRequest request, CityIndex city)
    {
        if (!QueryReader.Text(request, District).TryGet(out var district, out var problem)
            || (district is not null && !CityDirectory.District(city, district).TryGet(out _, out problem)))
        {
            return problem;
        }

        return district;
    }
}
