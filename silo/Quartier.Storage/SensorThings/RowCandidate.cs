using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>With what the Observations of a source are compared, one by one.</summary>
/// <param name="Feature">Those alone that tell of it; null: of no feature, or of whichever.</param>
/// <param name="Paired">The condition; its first path are those Observations.</param>
/// <param name="Trial">Knows the values of the other paths.</param>
internal sealed record RowCandidate(long? Feature, PairedCondition Paired, PairedTrial Trial)
{
    /// <summary>Whether the condition holds for the Observation.</summary>
    public bool Holds(ObservationRow row, ObservationBudget budget) => Trial.Any(Paired.Of(0, row), budget, CancellationToken.None);
}
