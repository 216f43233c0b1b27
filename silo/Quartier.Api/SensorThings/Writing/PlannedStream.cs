using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>A new Datastream or MultiDatastream that still needs the reading store's numbers.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Id">Its id.</param>
/// <param name="SensorKey">Key of its sensor's grain.</param>
/// <param name="Properties">One for each component.</param>
internal sealed record PlannedStream(EntityKind Kind, long Id, string SensorKey, ImmutableArray<string> Properties);
