using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Alerts;

/// <summary>A reading as it stood when a rule looked at it.</summary>
[GenerateSerializer, Immutable, Alias("quartier.ExplainedReading")]
public readonly record struct ExplainedReading([property: Id(0)] string Property, [property: Id(1)] Reading Reading);
