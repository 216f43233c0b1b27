using Quartier.Api.Http;
using Quartier.Domain.Time;

namespace Quartier.Api.Native.Readings;

/// <summary>The half-open range [from, to) of event times, in milliseconds since 1970-01-01T00:00:00Z.</summary>
internal readonly record struct TimeRange(long FromMs, long ToMs)
{
    public static QueryParameter From { get; } = new("from", QueryKind.Instant, "Start of the range, inclusive.");

    public static QueryParameter To { get; } = new("to", QueryKind.Instant, "End of the range, exclusive; without it, the newest reading is the last.");

    /// <summary>Reads both ends. Without an end the range ends with the newest reading, without a start it spans a default length.</summary>
    /// <param name="request">The request.</param>
    /// <param name="latestMs">Time of the newest reading, or null when there is none.</param>
    /// <param name="defaultMs">Length when no start is given.</param>
    public static Outcome<TimeRange> Read(HttpRequest request, long? latestMs, long defaultMs)
    {
        if (!QueryReader.Instant(request, From).TryGet(out var from, out var problem)
            || !QueryReader.Instant(request, To).TryGet(out var to, out problem))
        {
            return problem;
        }

        // Nothing stored and nothing asked for: an empty range.
        var end = to ?? Math.Max(latestMs + 1 ?? 0, from ?? 0);
        var start = from ?? Math.Max(0, end - defaultMs);
        return start <= end
            ? new TimeRange(start, end)
            : Problems.BadParameter(
                From.Name, IsoTime.Format(start), $"it lies after 'to' ({IsoTime.Format(end)}). Give an earlier time, or a later 'to'.");
    }
}
