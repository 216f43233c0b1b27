using System.Collections.Immutable;

namespace Quartier.Contracts.Readings;

/// <summary>What a store holds.</summary>
/// <param name="Partitions">One entry for each expiry day, ascending.</param>
/// <param name="OpenReadings">Readings that rest in the journal and in memory only.</param>
/// <param name="JournalBytes">Size of the journal in use, in bytes.</param>
/// <param name="Datastreams">Registered datastreams.</param>
public sealed record StoreManifest(ImmutableArray<PartitionManifest> Partitions, long OpenReadings, long JournalBytes, int Datastreams);
