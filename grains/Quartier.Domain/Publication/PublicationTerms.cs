using Quartier.Contracts.Policies;

namespace Quartier.Domain.Publication;

/// <summary>How long published tables are kept: as long as anything is of which they were made, and not longer.</summary>
public static class PublicationTerms
{
    private const long DayMs = 86_400_000;

    /// <summary>Days for which the longest resolution of a stream entry is kept anywhere in the city; 0 when no policy names it.</summary>
    /// <param name="policies">The city's policies in force; null when there are none.</param>
    /// <param name="stream">Id of the stream entry.</param>
    public static int KeptDays(PolicySnapshot? policies, string stream) => (policies?.Districts.Values ?? [])
        .SelectMany(d => d.Merged.Streams)
        .Where(s => string.Equals(s.Id, stream, StringComparison.Ordinal))
        .Select(s => Math.Max(s.Retention.RawDays, Math.Max(s.Retention.HourDays, s.Retention.DayDays)))
        .DefaultIfEmpty()
        .Max();

    /// <summary>What ended before this time is forgotten: the start of the first UTC day of which readings may exist.</summary>
    /// <param name="nowMs">Now, in milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="keptDays">Days for which it is kept.</param>
    public static long BeforeMs(long nowMs, int keptDays) => ((nowMs / DayMs) - keptDays) * DayMs;
}
