using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Which Datastreams to find.</summary>
/// <param name="Steps">The path to them.</param>
/// <param name="Filter">Of Datastreams; null for all.</param>
/// <param name="Most">So many at most.</param>
internal sealed record EntityFinding(ImmutableArray<PathStep> Steps, Expression? Filter, int Most);
