using System.Collections.Immutable;

namespace Quartier.Contracts.Registry;

/// <summary>A change beside the city's file, with what it does to the entities of the SensorThings API: all of it or nothing.</summary>
/// <param name="BasedOn">The registry's version on which it was planned.</param>
/// <param name="Changes">What is registered anew or otherwise, and with a null text, what is no longer; empty when only entities change.</param>
/// <param name="Entities">The changes of entities as text, which the store reads; empty when there are none.</param>
[GenerateSerializer, Immutable, Alias("quartier.RegistryAmendment")]
public sealed record RegistryAmendment(
    [property: Id(0)] long BasedOn, [property: Id(1)] ImmutableArray<RegistryAddition> Changes, [property: Id(2)] string Entities);
