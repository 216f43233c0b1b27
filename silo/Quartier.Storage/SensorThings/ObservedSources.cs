using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>From where a condition looks into Observations.</summary>
/// <param name="Kind">Of the entities that have the Observations.</param>
/// <param name="Path">The way to the Observations.</param>
/// <param name="Alias">Of the entities that have them.</param>
/// <param name="Before">The opened path from which the way goes on.</param>
/// <param name="From">What is joined on the way.</param>
/// <param name="Outer">Other entities that the condition names.</param>
internal sealed record ObservedSources(EntityKind Kind, string Path, string Alias, string Before, SqlFrom From, ImmutableArray<OuterEntity> Outer)
{
    /// <summary>Ways that lead on from the Observations into sets; each begins with <see cref="Path"/>.</summary>
    public ImmutableArray<Navigation[]> On { get; init; } = [];

    /// <summary>Whether the condition names the feature of which an Observation tells, and the way did not come from it.</summary>
    public bool NamesFeature { get; init; }

    /// <summary>Steps of <see cref="Path"/>.</summary>
    public int Steps => Path.Count(c => c == '/');
}
