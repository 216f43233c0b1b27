using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>An Observation that comes with its Datastream or MultiDatastream.</summary>
internal sealed record PlannedObservation(EntityKind Kind, long Stream, ObservationDraft Draft);
