namespace Quartier.Domain.SensorThings;

/// <summary>Which known name was probably meant.</summary>
internal static class NearestName
{
    /// <summary>" Did you mean 'x'?", or nothing when no name is near.</summary>
    public static string Hint(string found, IEnumerable<string> known)
    {
        var best = known
            .Select(name => (Name: name, Distance: Distance(found, name)))
            .Where(n => n.Distance <= Math.Max(1, Math.Min(found.Length, n.Name.Length) / 3))
            .OrderBy(n => n.Distance)
            .FirstOrDefault();
        return best.Name is null ? string.Empty : $" Did you mean '{best.Name}'?";
    }

    // Levenshtein's distance, capitals aside, of the first characters: names are short.
    private static int Distance(string left, string right)
    {
        var (a, b) = (Head(left), Head(right));
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
                var changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }

    private static string Head(string name) => (name.Length > 32 ? name[..32] : name).ToLowerInvariant();
}
