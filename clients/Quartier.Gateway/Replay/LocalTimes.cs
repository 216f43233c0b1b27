using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Quartier.Gateway.Replay;

/// <summary>
/// Gives the local times of one file their offset. Rows must be asked in the order of the file: when daylight saving repeats an hour,
/// only the order tells which run a row belongs to.
/// </summary>
internal sealed class LocalTimes(TrapTally tally)
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");
    private readonly HashSet<LocalDateTime> seenInRepeatedHour = [];
    private LocalDateTime previous = LocalDateTime.MinIsoValue;

    /// <summary>Reads one local time.</summary>
    /// <param name="text"><c>2026-07-01 00:15</c>.</param>
    /// <param name="place">File and line, for the report.</param>
    /// <param name="time">The time with its offset.</param>
    /// <returns>False when the text is no time, or the time does not exist; it has been counted then.</returns>
    public bool TryRead(string text, string place, out OffsetDateTime time)
    {
        time = default;
        var parsed = Pattern.Parse(text.Trim());
        if (!parsed.Success)
        {
            tally.Add(Trap.Unreadable, string.Create(CultureInfo.InvariantCulture, $"{place}: '{text}' is no local time like 2026-07-01 00:15"));
            return false;
        }

        var local = parsed.Value;
        var mapping = Berlin.MapLocal(local);
        if (mapping.Count == 0)
        {
            tally.Add(Trap.SkippedHour, $"{place}: {text}");
            return false;
        }

        time = mapping.Count == 1 ? mapping.First().ToOffsetDateTime() : Disambiguate(mapping, local, place);
        previous = local;
        return true;
    }

    /// <summary>The second sighting is the second run of the hour, unless it directly follows its twin: then it is the same row again.</summary>
    private OffsetDateTime Disambiguate(NodaTime.TimeZones.ZoneLocalMapping mapping, LocalDateTime local, string place)
    {
        tally.Add(Trap.RepeatedHour, place);
        var isSecondRun = !seenInRepeatedHour.Add(local) && local != previous;
        return (isSecondRun ? mapping.Last() : mapping.First()).ToOffsetDateTime();
    }
}
