using Quartier.Storage.Cities;
using Quartier.Storage.Databases;
using Quartier.Storage.Disk;
using Quartier.Storage.Journals;
using Quartier.Storage.Partitions;

namespace Quartier.Storage.Readings;

/// <summary>What the parts of the reading store share.</summary>
internal sealed record StoreCore(
    StoreOptions Options,
    StoreCounters Counters,
    TimeProvider Time,
    SetAsideList SetAside,
    DatastreamTable Datastreams,
    Journal Journal,
    PartitionSet Partitions,
    CityDatabase City,
    DatastreamNames Names,
    IDisk Disk,
    IDatabaseFiles Files);
