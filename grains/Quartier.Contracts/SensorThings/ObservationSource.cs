using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>A Datastream or MultiDatastream whose Observations a query concerns.</summary>
/// <param name="Kind"><see cref="EntityKind.Datastream"/> or <see cref="EntityKind.MultiDatastream"/>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Numbers">The reading store's numbers, one for each component.</param>
/// <param name="Owner">To whom it belongs.</param>
public sealed record ObservationSource(EntityKind Kind, long Id, ImmutableArray<int> Numbers, EntityOwner Owner);
