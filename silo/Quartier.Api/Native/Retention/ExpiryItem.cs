namespace Quartier.Api.Native.Retention;

/// <summary>What expires at the end of one day.</summary>
/// <param name="Day">ISO date (UTC).</param>
/// <param name="Readings">Single readings.</param>
/// <param name="RollUps">Hourly and daily aggregates.</param>
internal sealed record ExpiryItem(string Day, long Readings, long RollUps);
