namespace Quartier.Api.Native.Cities;

/// <summary>When a value is too old to stand for the present.</summary>
internal static class Staleness
{
    /// <summary>Even for a sensor that sends every second, this long a silence says nothing yet.</summary>
    private const long LeastMs = 90_000;

    /// <summary>True when the reading is older than 1.5 times the interval. Never before there is a reading, a now or an interval.</summary>
    public static bool Of(long? timeMs, long intervalMs, long nowMs) =>
        timeMs is { } t && intervalMs > 0 && nowMs > 0 && nowMs - t > Math.Max(LeastMs, intervalMs + (intervalMs / 2));
}
