using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Districts;

/// <summary>An aggregate of one property.</summary>
[GenerateSerializer, Immutable, Alias("quartier.PropertyAggregate")]
public readonly record struct PropertyAggregate([property: Id(0)] string Property, [property: Id(1)] AggregateRow Row);
