namespace Quartier.Contracts.Districts;

/// <summary>What whoever answers a permitted read must keep to.</summary>
/// <param name="Floor">The finest resolution that may be answered.</param>
/// <param name="Scope">Whether single sensors may be answered, or aggregates over cells only.</param>
/// <param name="MinimumUnits">Fewest contributing units of a cell that may be shown; 1 when single sensors may be answered.</param>
/// <param name="RowLimit">Most rows in one answer, at least 1.</param>
/// <param name="Redactions">What must be left out.</param>
/// <param name="UntilMs">When the permission ends, in milliseconds since 1970-01-01T00:00:00Z: an open live stream ends then.</param>
/// <param name="Onward">Whether and how the data may be passed on; shown with the answer.</param>
[GenerateSerializer, Immutable, Alias("quartier.ReadObligations")]
public sealed record ReadObligations(
    [property: Id(0)] Resolution Floor,
    [property: Id(1)] ReadScope Scope,
    [property: Id(2)] int MinimumUnits,
    [property: Id(3)] int RowLimit,
    [property: Id(4)] Redactions Redactions,
    [property: Id(5)] long UntilMs,
    [property: Id(6)] string Onward);
