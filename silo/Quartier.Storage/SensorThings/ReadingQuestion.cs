using System.Collections.Immutable;

namespace Quartier.Storage.SensorThings;

/// <summary>What a statement must know of readings before it can run.</summary>
/// <param name="Number">By which the statement finds the answer.</param>
/// <param name="Candidates">Finds the Datastreams and MultiDatastreams that it concerns.</param>
/// <param name="Condition">Of which Observations one must exist, without the way to them; null when first and last times are asked for.</param>
internal sealed record ReadingQuestion(int Number, ImmutableArray<CandidateQuery> Candidates, ObservedCondition? Condition)
{
    /// <summary>Whether it is asked for which of the first path's Observations the condition holds, which are looked at later.</summary>
    public bool IsByRow { get; init; }
}
