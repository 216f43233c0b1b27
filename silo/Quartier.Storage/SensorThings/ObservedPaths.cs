using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Where the paths of a condition enter Observations, and what they lead on to.</summary>
/// <param name="Sides">Paths that end in the Observations that the condition is about, the shortest first; mostly one.</param>
/// <param name="On">Paths that lead on from these into sets, without other Observations on the way.</param>
/// <param name="Deeper">Paths that lead on from these into other Observations.</param>
internal sealed record ObservedPaths(ImmutableArray<Navigation[]> Sides, ImmutableArray<Navigation[]> On, ImmutableArray<Navigation[]> Deeper)
{
    /// <summary>Whether an Observation of a Datastream of such a kind leads nowhere by one of the paths: it has no MultiDatastream, and the other way round.</summary>
    public bool IsElsewhere(Navigation[] side, EntityKind kind) => Sides.Concat(On).Concat(Deeper).Any(way =>
        way.Length > side.Length && way.AsSpan().StartsWith(side)
            && way[side.Length].Target is EntityKind.Datastream or EntityKind.MultiDatastream && way[side.Length].Target != kind);

    /// <summary>Whether a path leads on from the Observations of the side into others.</summary>
    public bool LeadsOn(Navigation[] side) => Sides.Concat(Deeper).Any(way => way.Length > side.Length && way.AsSpan().StartsWith(side));
}
