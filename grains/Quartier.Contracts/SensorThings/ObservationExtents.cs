using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>Times of the Observations of several Datastreams.</summary>
/// <param name="All">In the order in which they were asked for.</param>
public sealed record ObservationExtents(ImmutableArray<ObservationExtent> All);
