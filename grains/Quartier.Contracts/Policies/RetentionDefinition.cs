namespace Quartier.Contracts.Policies;

/// <summary>How long each resolution is kept, in days from the end of its UTC day; 0 when it is not kept. Coarser ones are kept at least as long as finer ones.</summary>
/// <param name="RawDays">Single readings; 1 … 36,525.</param>
/// <param name="HourDays">Hourly aggregates, rolled up before the readings go; 0 or more than <paramref name="RawDays"/>.</param>
/// <param name="DayDays">Daily aggregates, rolled up before the readings go; 0 or more than <paramref name="RawDays"/>.</param>
[GenerateSerializer, Immutable, Alias("quartier.RetentionDefinition")]
public sealed record RetentionDefinition([property: Id(0)] int RawDays, [property: Id(1)] int HourDays, [property: Id(2)] int DayDays);
