namespace Quartier.Domain.Registry;

/// <summary>Guesses what was meant.</summary>
internal static class Spelling
{
    /// <summary>Known names that are compared: beyond, a guess would take long and help little.</summary>
    private const int MostCompared = 2000;

    /// <summary>" (did you mean 'x'?)" when a known name is near, else nothing.</summary>
    public static string Hint(string written, IEnumerable<string> known)
    {
        var best = known.Take(MostCompared)
            .Select(name => (Name: name, Distance: Distance(written.ToLowerInvariant(), name.ToLowerInvariant())))
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .FirstOrDefault((Name: "", Distance: int.MaxValue));
        return best.Distance <= Math.Max(1, written.Length / 3) ? $" (did you mean '{best.Name}'?)" : "";
    }

    /// <summary>Levenshtein's distance; at most 64 characters of each are compared.</summary>
    private static int Distance(string a, string b)
    {
        const int most = 64;
        var left = a.AsSpan(0, Math.Min(a.Length, most));
        var right = b.AsSpan(0, Math.Min(b.Length, most));
        Span<int> row = stackalloc int[most + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 0; i < left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
            {
                var cost = diagonal + (left[i] == right[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(cost, Math.Min(row[j], row[j + 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
