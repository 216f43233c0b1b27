using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using static Quartier.Contracts.SensorThings.EntityKind;

namespace Quartier.Storage.SensorThings;

/// <summary>Deletions and what goes with them (OGC 18-088, 10.4).</summary>
internal static class EntityDeletion
{
    /// <summary>Deletes an entity; refused when too many would go with it.</summary>
    public static ChangeRefusal? Delete(EntityWriting writing, EntityKind kind, long id)
    {
        foreach (var (dependent, found) in Dependents(writing, kind, id))
        {
            foreach (var one in found)
            {
                if ((writing.Excess() ?? Delete(writing, dependent, one)) is { } refusal)
                {
                    return refusal;
                }
            }
        }

        var numbers = Numbers(writing, kind, id);
        Unlink(writing, kind, id);
        writing.Remove(kind, id, numbers);
        return null;
    }

    private static IEnumerable<(EntityKind Kind, List<long> Ids)> Dependents(EntityWriting writing, EntityKind kind, long id)
    {
        switch (kind)
        {
            case Thing:
                yield return (EntityKind.Datastream, writing.Numbers("SELECT id FROM sta_datastream WHERE thing_id = ?", id));
                yield return (MultiDatastream, writing.Numbers("SELECT id FROM sta_multi_datastream WHERE thing_id = ?", id));
                yield return (HistoricalLocation, writing.Numbers("SELECT id FROM sta_historical_location WHERE thing_id = ?", id));
                break;
            case Location:
                yield return (HistoricalLocation, writing.Numbers(
                    "SELECT h.historical_location_id FROM sta_historical_location_location h WHERE h.location_id = ? AND NOT EXISTS (SELECT 1 FROM sta_historical_location_location o WHERE o.historical_location_id = h.historical_location_id AND o.location_id <> h.location_id)",
                    id));
                break;
            case Sensor:
                yield return (EntityKind.Datastream, writing.Numbers("SELECT id FROM sta_datastream WHERE sensor_id = ?", id));
                yield return (MultiDatastream, writing.Numbers("SELECT id FROM sta_multi_datastream WHERE sensor_id = ?", id));
                break;
            case ObservedProperty:
                yield return (EntityKind.Datastream, writing.Numbers("SELECT id FROM sta_datastream WHERE observed_property_id = ?", id));
                yield return (MultiDatastream, writing.Numbers("SELECT DISTINCT multi_datastream_id FROM sta_component WHERE observed_property_id = ?", id));
                break;
        }
    }

    private static ImmutableArray<int> Numbers(EntityWriting writing, EntityKind kind, long id) => kind switch
    {
        EntityKind.Datastream => [.. writing.Numbers("SELECT number FROM sta_datastream WHERE id = ?", id).Select(n => (int)n)],
        MultiDatastream => [.. writing.Numbers("SELECT number FROM sta_component WHERE multi_datastream_id = ? ORDER BY position", id).Select(n => (int)n)],
        _ => [],
    };

    private static void Unlink(EntityWriting writing, EntityKind kind, long id)
    {
        switch (kind)
        {
            case Thing:
                writing.Execute("DELETE FROM sta_thing_location WHERE thing_id = ?", id);
                break;
            case Location:
                writing.Execute("DELETE FROM sta_thing_location WHERE location_id = ?", id);
                writing.Execute("DELETE FROM sta_historical_location_location WHERE location_id = ?", id);
                break;
            case HistoricalLocation:
                writing.Execute("DELETE FROM sta_historical_location_location WHERE historical_location_id = ?", id);
                break;
            case EntityKind.Datastream or MultiDatastream:
                writing.Execute("DELETE FROM sta_observed WHERE source_kind = ? AND source_id = ?", (long)kind, id);
                writing.Execute("DELETE FROM sta_component WHERE ? = 5 AND multi_datastream_id = ?", (long)kind, id);
                break;
            case FeatureOfInterest:
                Forget(writing, id);
                break;
        }
    }

    private static void Forget(EntityWriting writing, long feature)
    {
        foreach (var kind in (ReadOnlySpan<EntityKind>)[EntityKind.Datastream, MultiDatastream])
        {
            foreach (var source in writing.Numbers("SELECT DISTINCT source_id FROM sta_observed WHERE feature_id = ? AND source_kind = ?", feature, (long)kind))
            {
                foreach (var (fromMs, toMs) in ObservedSpans.Of(writing.Database, kind, source, feature))
                {
                    writing.FeatureGone(kind, source, Numbers(writing, kind, source), fromMs, toMs);
                }
            }
        }

        writing.Execute("DELETE FROM sta_observed WHERE feature_id = ?", feature);
    }
}
