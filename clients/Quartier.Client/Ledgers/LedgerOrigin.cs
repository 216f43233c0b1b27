using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Quartier.Client.Ledgers;

/// <summary>Which of a city's logs it is: <c>quartier/CITY</c>, and after breaks that were accepted <c>quartier/CITY/2</c> and so on.</summary>
internal static class LedgerOrigin
{
    private static readonly byte[] s_break = Encoding.UTF8.GetBytes("\"kind\":\"break\"");

    /// <summary>Which log, from 1.</summary>
    public static int Generation(string origin) =>
        origin.Split('/') is [_, _, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var generation) ? generation : 1;

    /// <summary>Whether a checkpoint is of an earlier log of the same city.</summary>
    public static bool IsEarlier(string origin, string present) =>
        origin.Split('/') is [var a, var b, ..] && present.Split('/') is [var c, var d, ..] && a == c && b == d && Generation(origin) < Generation(present);

    /// <summary>What the first entry of a log says about the break before it; null when there was none.</summary>
    /// <exception cref="InvalidDataException">The origin and the entry disagree.</exception>
    public static string? BreakBefore(string origin, ReadOnlySpan<byte> first)
    {
        var isBreak = first.IndexOf(s_break) is var at and >= 0 && first[..at].IndexOf("\"who\":"u8) < 0;
        if (isBreak != Generation(origin) > 1)
        {
            throw new InvalidDataException(isBreak
                ? $"the first entry says that it follows a break, but the log is named {origin}: it was put before another log"
                : $"the log is named {origin}, so it follows a break, but its first entry does not say who accepted it");
        }

        if (!isBreak)
        {
            return null;
        }

        using var entry = JsonDocument.Parse(first.ToArray());
        var root = entry.RootElement;
        return $"accepted {root.GetProperty("time").GetString()} by {root.GetProperty("who").GetString()}: {root.GetProperty("detail").GetString()}";
    }
}
