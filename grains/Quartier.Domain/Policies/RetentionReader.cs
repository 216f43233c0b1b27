using System.Globalization;
using Quartier.Contracts.Policies;
using Quartier.Domain.Registry;

namespace Quartier.Domain.Policies;

/// <summary>Reads how long the resolutions of a stream are kept.</summary>
internal sealed class RetentionReader(ProblemList problems)
{
    public static readonly string[] Keys = ["raw", "hour", "day"];

    /// <summary>The shortest that a year and a month can be taken for, so that nothing is kept longer than a reader would count.</summary>
    private const int DaysPerYear = 365;
    private const int DaysPerMonth = 30;
    private const int DaysPerWeek = 7;

    public RetentionDefinition Read(Section stream)
    {
        if (stream.Find("retention") is not { } node)
        {
            stream.Problem("retention", "a stream entry needs 'retention', such as {raw: P90D, hour: P2Y, day: P10Y}");
            return new RetentionDefinition(1, 0, 0);
        }

        var section = new Section(node, "'retention'", Keys, problems);
        if (section.Find("raw") is null)
        {
            section.Problem("raw", "'retention' needs 'raw', how long single readings are kept, such as P90D");
        }

        var retention = new RetentionDefinition(Days(section, "raw", 1), Days(section, "hour", 0), Days(section, "day", 0));
        CheckOrder(section, retention);
        return retention;
    }

    private static void CheckOrder(Section section, RetentionDefinition retention)
    {
        foreach (var (key, days) in new[] { ("hour", retention.HourDays), ("day", retention.DayDays) })
        {
            if (days > 0 && days <= retention.RawDays)
            {
                section.Problem(key, $"'{key}' is kept {Text(days)} days and 'raw' {Text(retention.RawDays)}; what is rolled up is kept longer than what it comes from, or not at all (0)");
            }
        }

        if (retention.DayDays > 0 && retention.DayDays < retention.HourDays)
        {
            section.Problem("day", $"'day' is kept {Text(retention.DayDays)} days and 'hour' {Text(retention.HourDays)}; the coarser is kept at least as long as the finer");
        }
    }

    /// <summary>Days as a number, or as an ISO 8601 duration of years (365 days), months (30 days), weeks and days.</summary>
    private static int Days(Section section, string key, int least)
    {
        if (section.Find(key) is not { } node)
        {
            return least;
        }

        if (node.Kind == YamlKind.Scalar && TryDays(node.Text, out var days) && days >= least && days <= DatastreamReader.MaxRetentionDays)
        {
            return days;
        }

        section.Problem(
            key,
            $"'{key}' must be days ({least} … {DatastreamReader.MaxRetentionDays}) or an ISO 8601 duration of whole years, months, weeks or days of that length, such as P90D or P2Y");
        return least;
    }

    private static bool TryDays(string text, out int days)
    {
        if (text.Length == 0 || text[0] != 'P')
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out days);
        }

        days = 0;
        var rest = text.AsSpan(1);
        for (var order = 0; rest.Length > 0;)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 5)
            {
                return false;
            }

            var (rank, unit) = rest[digits] switch { 'Y' => (1, DaysPerYear), 'M' => (2, DaysPerMonth), 'W' => (3, DaysPerWeek), 'D' => (4, 1), _ => (0, 0) };
            if (rank <= order)
            {
                return false;
            }

            days += int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture) * unit;
            order = rank;
            rest = rest[(digits + 1)..];
        }

        return text.Length > 1;
    }

    private static string Text(int days) => days.ToString(CultureInfo.InvariantCulture);
}
