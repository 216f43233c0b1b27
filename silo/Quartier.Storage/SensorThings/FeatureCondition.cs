using System.Text.Json;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Whether a FeatureOfInterest is there for the caller, as a condition on a row of its table.</summary>
internal static class FeatureCondition
{
    /// <summary>Appends it behind another condition.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="alias">The row of <c>sta_feature</c>.</param>
    /// <param name="sight">What may be seen.</param>
    public static void Add(SqlText sql, string alias, FeatureSight sight)
    {
        sql.Add($" AND ({alias}.registry_key IS NOT NULL OR {alias}.city IN (SELECT value FROM json_each(").Bind(JsonSerializer.Serialize(sight.Cities.Order(StringComparer.Ordinal)));
        sql.Add($")) OR EXISTS (SELECT 1 FROM sta_observed o WHERE o.feature_id = {alias}.id");
        foreach (var kind in (ReadOnlySpan<EntityKind>)[EntityKind.Datastream, EntityKind.MultiDatastream])
        {
            var ids = sight.Denied.Where(d => d.Kind == kind).Select(d => d.Id).Order();
            sql.Add(" AND NOT (o.source_kind = ").Bind((long)kind).Add(" AND o.source_id IN (SELECT value FROM json_each(").Bind(JsonSerializer.Serialize(ids)).Add(")))");
        }

        // One that was made with an Observation belongs to its stream's district, and is not shown because the stream has gone.
        sql.Add($") OR ({alias}.district IS NULL AND NOT EXISTS (SELECT 1 FROM sta_observed o WHERE o.feature_id = {alias}.id)))");
    }
}
