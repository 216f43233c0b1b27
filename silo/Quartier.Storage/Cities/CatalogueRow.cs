using Quartier.Contracts.Readings;
using Quartier.Storage.Corrections;
using Quartier.Storage.Retention;

namespace Quartier.Storage.Cities;

/// <summary>What city.db knows of a datastream.</summary>
internal readonly record struct CatalogueRow(
    int Number, DatastreamKey Key, int[] Retentions, RollUpRetentions RollUps, Reading? Latest, int LatestExpiryDay, int AnnotatedExpiryDay, CorrectedUntil Corrected);
