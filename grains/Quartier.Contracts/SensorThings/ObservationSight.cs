namespace Quartier.Contracts.SensorThings;

/// <summary>What a caller may see of a Datastream's Observations.</summary>
/// <param name="Source">The Datastream.</param>
/// <param name="Withheld">Why nothing of it may be seen; null when something may.</param>
/// <param name="WindowMs">Length of the windows that may be seen in milliseconds; 0 for the readings themselves.</param>
/// <param name="OriginMs">A moment at which a window begins.</param>
/// <param name="Sum">Whether a window's result is the sum and not the mean.</param>
/// <param name="FromMs">What lies before may not be seen, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="ToMs">What lies at or after it may not be seen; windows end before it or at it.</param>
/// <param name="WithoutQuality">Whether quality flags are hidden.</param>
public sealed record ObservationSight(
    ObservationSource Source, string? Withheld, long WindowMs, long OriginMs, bool Sum, long FromMs, long ToMs, bool WithoutQuality)
{
    /// <summary>Everything of the Datastream.</summary>
    public static ObservationSight All(ObservationSource source) => new(source, null, 0, 0, false, long.MinValue, long.MaxValue, false);

    /// <summary>Nothing of the Datastream.</summary>
    public static ObservationSight None(ObservationSource source, string reason) => new(source, reason, 0, 0, false, 0, 0, false);
}
