using System.Collections.Immutable;
using Quartier.Contracts.Readings;

namespace Quartier.Api.Native.Store;

/// <summary>What is stored.</summary>
internal sealed record StoreItem(
    ImmutableArray<PartitionManifest> Partitions, long OpenReadings, long JournalBytes, int Datastreams, StoreHealthItem Health);
