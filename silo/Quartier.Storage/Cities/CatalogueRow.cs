using Quartier.Contracts.Readings;

namespace Quartier.Storage.Cities;

/// <summary>What city.db knows of a datastream.</summary>
internal readonly record struct CatalogueRow(int Number, DatastreamKey Key, int[] Retentions, Reading? Latest, int LatestExpiryDay);
