using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Where a question may find its Observation, or one of each of its paths.</summary>
/// <param name="Key">Ids by which the statement asks.</param>
/// <param name="Sides">Whose Observations to look at, for each path.</param>
/// <param name="Parts">Values of the condition's parts that do not hang on the Observations.</param>
internal sealed record ReadingCandidate(string Key, ImmutableArray<CandidateSide> Sides, ImmutableArray<EntityValue> Parts)
{
    /// <summary>Spans of Datastreams to look at.</summary>
    public int Spans => Sides.Sum(s => s.Spans.Length);
}
