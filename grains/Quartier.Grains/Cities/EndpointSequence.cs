namespace Quartier.Grains.Cities;

/// <summary>The last report taken from an endpoint.</summary>
[GenerateSerializer, Immutable, Alias("quartier.EndpointSequence")]
public readonly record struct EndpointSequence([property: Id(0)] string Endpoint, [property: Id(1)] long Sequence);
