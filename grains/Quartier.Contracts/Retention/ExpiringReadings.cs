using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Retention;

/// <summary>What one expiry partition holds of one datastream. Times in milliseconds since 1970-01-01T00:00:00Z.</summary>
/// <param name="Key">The datastream.</param>
/// <param name="ExpiryDay">The ISO date on whose end it expires (UTC).</param>
/// <param name="Readings">Single readings.</param>
/// <param name="RollUps">Hourly and daily aggregates whose own retention ends.</param>
/// <param name="FirstMs">Start of what it holds, inclusive.</param>
/// <param name="LastMs">End of what it holds, inclusive.</param>
public sealed record ExpiringReadings(DatastreamKey Key, string ExpiryDay, long Readings, long RollUps, long FirstMs, long LastMs)
{
    /// <summary>What Observations hold beside some of the readings.</summary>
    public long Annotations { get; init; }
}
