using System.Collections.Immutable;

namespace Quartier.Contracts.Readings;

/// <summary>What a deletion removed.</summary>
/// <param name="Partitions">The expiry days dropped, as ISO dates.</param>
/// <param name="Readings">Readings removed in all.</param>
public sealed record DeletionManifest(ImmutableArray<string> Partitions, long Readings);
