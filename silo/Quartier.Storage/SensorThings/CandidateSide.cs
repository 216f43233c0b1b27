using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Observations among which a question may find one.</summary>
/// <param name="Source">Whose they are.</param>
/// <param name="Feature">The feature of which they tell; null: whichever.</param>
/// <param name="Spans">When they begin: spans [FromMs, ToMs).</param>
internal sealed record CandidateSide(ObservationSource Source, long? Feature, ImmutableArray<(long FromMs, long ToMs)> Spans);
