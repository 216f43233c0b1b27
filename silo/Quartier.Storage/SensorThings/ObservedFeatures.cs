using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>The latest changes of what a stream's Observations tell of, in order of time.</summary>
internal sealed record ObservedFeatures(ImmutableArray<ObservedFeature> Latest);
