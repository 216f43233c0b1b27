using System.Collections.Immutable;
using Quartier.Contracts.Readings;

namespace Quartier.Contracts.Retention;

/// <summary>Of which datastreams an asset is made: what is computed of several is kept as long as the one whose retention ends first.</summary>
/// <param name="AssetKey">Key of the asset's grain.</param>
/// <param name="Streams">The datastreams bound to its inputs.</param>
public sealed record AssetStreams(string AssetKey, ImmutableArray<DatastreamKey> Streams);
