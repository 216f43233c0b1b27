using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Observations of a Datastream in [FromMs, ToMs).</summary>
internal sealed record SourceSpan(ObservationSource Source, long FromMs, long ToMs);
