using Quartier.Contracts.Districts;

namespace Quartier.Contracts.SensorThings;

/// <summary>What a caller may see of a Datastream's Observations.</summary>
/// <param name="Source">The Datastream.</param>
/// <param name="Withheld">Why nothing of it may be seen; null when something may.</param>
/// <param name="Window">The windows that may be seen; <see cref="Resolution.Raw"/> for the readings themselves.</param>
/// <param name="TimeZone">Time zone (IANA) of days, weeks and months.</param>
/// <param name="Sum">Whether a window's result is the sum and not the mean.</param>
/// <param name="FromMs">What lies before may not be seen, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="ToMs">What lies at or after it may not be seen; a window is seen when it ends at it or before.</param>
/// <param name="WithoutQuality">Whether quality flags are hidden.</param>
/// <param name="RowLimit">Most rows of a page on which this Datastream has rows; at least 1.</param>
public sealed record ObservationSight(
    ObservationSource Source, string? Withheld, Resolution Window, string TimeZone, bool Sum, long FromMs, long ToMs, bool WithoutQuality, int RowLimit)
{
    /// <summary>Everything of the Datastream.</summary>
    public static ObservationSight All(ObservationSource source) =>
        new(source, null, Resolution.Raw, string.Empty, false, long.MinValue, long.MaxValue, false, int.MaxValue);

    /// <summary>Nothing of the Datastream.</summary>
    public static ObservationSight None(ObservationSource source, string reason) =>
        new(source, reason, Resolution.Raw, string.Empty, false, 0, 0, false, 1);
}
