namespace Quartier.Domain.Policies;

/// <summary>A pattern <c>gateway/sensor/property</c> in which '*' stands for any text within its level.</summary>
internal readonly struct StreamPattern
{
    private readonly string[] _levels;

    private StreamPattern(string[] levels) => _levels = levels;

    /// <summary>Reads it; false when it has not three levels of letters, digits, '-', '_' and '*'.</summary>
    public static bool TryParse(string text, out StreamPattern pattern)
    {
        var levels = text.Split('/');
        pattern = new StreamPattern(levels);
        return levels.Length == 3 && levels.All(l => l.Length is > 0 and <= 64 && l.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '*'));
    }

    public bool MatchesGateway(string gateway) => IsMatch(_levels[0], gateway);

    public bool MatchesSensor(string sensor) => IsMatch(_levels[1], sensor);

    public bool MatchesProperty(string property) => IsMatch(_levels[2], property);

    /// <summary>Greedy with one way back to the last '*': linear in practice, at worst the product of two lengths of at most 64.</summary>
    private static bool IsMatch(string pattern, string text)
    {
        if (pattern is "*")
        {
            return true;
        }

        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }
}
