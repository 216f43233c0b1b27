using System.Collections.Immutable;
using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Assets;

/// <summary>Readings of one sensor for the asset on which it is mounted; repeated ones have no further effect.</summary>
/// <param name="Gateway">The sensor's gateway.</param>
/// <param name="Sensor">The sensor.</param>
/// <param name="Readings">In order of time; each names its property.</param>
/// <param name="Ticket">The readings are durable when <see cref="IReadingStore.WhenDurable"/> completes for it; 0 when they are already.</param>
[GenerateSerializer, Immutable, Alias("quartier.AssetObservation")]
public sealed record AssetObservation(
    [property: Id(0)] string Gateway,
    [property: Id(1)] string Sensor,
    [property: Id(2)] ImmutableArray<Alerts.ExplainedReading> Readings,
    [property: Id(3)] long Ticket);
