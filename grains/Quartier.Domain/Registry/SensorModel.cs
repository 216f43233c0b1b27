using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registry;

/// <summary>What a sensor, or a template for sensors, lists.</summary>
/// <param name="Datastreams">Datastreams with the places where they stand; a retention of 0 means the district's.</param>
/// <param name="Rules">Rules with the places where they stand.</param>
internal sealed record SensorModel(
    ImmutableArray<(DatastreamDefinition Datastream, YamlNode Node)> Datastreams, ImmutableArray<(RuleDefinition Rule, YamlNode Node)> Rules)
{
    public static SensorModel Empty { get; } = new([], []);

    public bool IsEmpty => Datastreams.IsEmpty && Rules.IsEmpty;
}
