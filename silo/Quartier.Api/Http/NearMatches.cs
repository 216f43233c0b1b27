namespace Quartier.Api.Http;

/// <summary>Finds what a person may have meant: known ids at a small edit distance, or that contain what was written.</summary>
internal static class NearMatches
{
    /// <summary>Ids compared at most, so that a wrong address stays cheap in a city of 100,000 sensors.</summary>
    private const int ComparedMax = 5_000;

    /// <summary>Longest text compared, in characters: two ids of 64 and a slash.</summary>
    private const int LengthMax = 129;

    private const int ListedMax = 3;
    private const int DistanceMax = 3;

    public static IReadOnlyList<string> Of(string wanted, IEnumerable<string> known)
    {
        if (wanted.Length is 0 or > LengthMax)
        {
            return [];
        }

        return [.. known.Take(ComparedMax)
            .Where(id => Math.Abs(id.Length - wanted.Length) <= DistanceMax || Contain(id, wanted))
            .Select(id => (Id: id, Distance: Rank(wanted, id)))
            .Where(m => m.Distance <= DistanceMax)
            .OrderBy(m => m.Distance)
            .ThenBy(m => m.Id, StringComparer.Ordinal)
            .Take(ListedMax)
            .Select(m => m.Id)];
    }

    private static int Rank(string wanted, string id)
    {
        var distance = Distance(wanted.ToLowerInvariant(), id);
        return distance > DistanceMax && Contain(id, wanted) ? DistanceMax : distance;
    }

    private static bool Contain(string id, string wanted) =>
        wanted.Length > DistanceMax
        && (id.Contains(wanted, StringComparison.OrdinalIgnoreCase) || wanted.Contains(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>Levenshtein's distance, one row at a time.</summary>
    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
