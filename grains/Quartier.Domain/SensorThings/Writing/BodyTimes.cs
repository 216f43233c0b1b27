using Quartier.Contracts.SensorThings;
using Quartier.Domain.Judgement;
using Quartier.Domain.Time;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>Reads times of bodies: ISO 8601 with an offset, intervals with a slash (OGC 18-088, 8.2).</summary>
internal static class BodyTimes
{
    public const string Expected = "an ISO 8601 time with Z or an offset, such as 2026-07-01T12:00:00.000Z, from 2000 to 2200";

    /// <summary>A moment.</summary>
    public static bool TryInstant(ReadOnlySpan<char> text, out long ms) => IsoTime.TryParse(text, out ms) && IntrinsicQuality.IsPlausibleTime(ms);

    /// <summary>A moment, or a span from a moment to a later one, or of a duration such as PT1H.</summary>
    public static bool TryTime(ReadOnlySpan<char> text, out EntityValue value)
    {
        value = default;
        var slash = text.IndexOf('/');
        if (slash < 0)
        {
            var isInstant = TryInstant(text, out var ms);
            value = EntityValue.Instant(ms);
            return isInstant;
        }

        if (!TryInstant(text[..slash], out var start) || !TryEnd(text[(slash + 1)..], start, out var end) || end < start)
        {
            return false;
        }

        value = EntityValue.Interval(start, end);
        return true;
    }

    /// <summary>A moment, or a duration from the start on.</summary>
    private static bool TryEnd(ReadOnlySpan<char> text, long startMs, out long ms)
    {
        if (TryInstant(text, out ms))
        {
            return true;
        }

        var taken = TimeText.ReadDuration(text, out var lengthMs);
        ms = startMs + lengthMs;
        return taken > 0 && taken == text.Length && IntrinsicQuality.IsPlausibleTime(ms);
    }
}
