using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Relations between entities.</summary>
internal static class EntityLinks
{
    /// <summary>Makes the links of an entity, or says which one leads nowhere.</summary>
    public static ChangeRefusal? Connect(EntityWriting writing, EntityKind kind, long id, ImmutableArray<EntityLink> links)
    {
        foreach (var link in links)
        {
            if (Relation.Of(link.Relation) is null)
            {
                throw new ArgumentOutOfRangeException(nameof(links), link.Relation.Name, "Observations are related by their Datastream.");
            }

            if (writing.Owner(link.Relation.Target, link.Target) is null)
            {
                return EntityWriting.NoTarget(link.Relation.Target, link.Target);
            }
        }

        foreach (var group in links.GroupBy(l => l.Relation))
        {
            Connect(writing, kind, id, group.Key, [.. group.Select(l => l.Target).Distinct()]);
        }

        return null;
    }

    /// <summary>Ends a relation, or says why not.</summary>
    public static ChangeRefusal? Disconnect(EntityWriting writing, EntityKind kind, long id, EntityLink link)
    {
        var relation = Relation.Of(link.Relation)!;
        if (relation.Links is not { } table || string.Equals(table, Relation.Components, StringComparison.Ordinal))
        {
            return Required(link.Relation);
        }

        if (writing.Number($"SELECT 1 FROM {table} WHERE {relation.LinkSource} = ? AND {relation.LinkTarget} = ?", id, link.Target) is null)
        {
            return new ChangeRefusal(ChangeRefusalReason.NotConnected, 0, $"{link.Relation.Target} {link.Target} is not among the {link.Relation.Name} of {kind} {id}.");
        }

        var isHistory = kind == EntityKind.HistoricalLocation || link.Relation.Target == EntityKind.HistoricalLocation;
        var (column, history) = kind == EntityKind.HistoricalLocation ? (relation.LinkSource, id) : (relation.LinkTarget, link.Target);
        if (isHistory && writing.Number($"SELECT count(*) FROM {table} WHERE {column} = ?", history) == 1)
        {
            return Required(link.Relation);
        }

        writing.Execute($"DELETE FROM {table} WHERE {relation.LinkSource} = ? AND {relation.LinkTarget} = ?", id, link.Target);
        return null;
    }

    private static ChangeRefusal Required(Navigation way) => new(
        ChangeRefusalReason.RelationRequired, 0, $"The relation {way.Name} cannot end: it is required. Give another one instead, or delete the entity.");

    private static void Connect(EntityWriting writing, EntityKind kind, long id, Navigation way, List<long> targets)
    {
        var relation = Relation.Of(way)!;
        if (way is { Source: EntityKind.Thing, Target: EntityKind.Location })
        {
            Move(writing, id, targets);
        }
        else if (way is { Source: EntityKind.Location, Target: EntityKind.Thing })
        {
            foreach (var thing in targets.Where(t => writing.Number("SELECT 1 FROM sta_thing_location WHERE thing_id = ? AND location_id = ?", t, id) is null))
            {
                Move(writing, thing, [.. writing.Numbers("SELECT location_id FROM sta_thing_location WHERE thing_id = ?", thing), id]);
            }
        }
        else if (relation.Links is { } links)
        {
            Link(writing, id, way, links, targets);
        }
        else if (relation.SourceColumn is { } column)
        {
            writing.Execute($"UPDATE {EntityTable.Of(kind).Name} SET {column} = ? WHERE id = ?", targets[^1], id);
        }
        else
        {
            foreach (var target in targets)
            {
                writing.Execute($"UPDATE {EntityTable.Of(way.Target).Name} SET {relation.TargetColumn} = ? WHERE id = ?", id, target);
            }
        }
    }

    private static void Link(EntityWriting writing, long id, Navigation way, string links, List<long> targets)
    {
        var relation = Relation.Of(way)!;
        var isComponents = string.Equals(links, Relation.Components, StringComparison.Ordinal);
        for (var i = 0; i < targets.Count; i++)
        {
            if (isComponents && way.Source == EntityKind.MultiDatastream)
            {
                writing.Execute("UPDATE sta_component SET observed_property_id = ? WHERE multi_datastream_id = ? AND position = ?", targets[i], id, i);
            }
            else if (!isComponents)
            {
                writing.Execute($"INSERT OR IGNORE INTO {links} ({relation.LinkSource}, {relation.LinkTarget}) VALUES (?, ?)", id, targets[i]);
            }
        }
    }

    private static void Move(EntityWriting writing, long thing, List<long> locations)
    {
        writing.Execute("DELETE FROM sta_thing_location WHERE thing_id = ?", thing);
        foreach (var location in locations)
        {
            writing.Execute("INSERT OR IGNORE INTO sta_thing_location (thing_id, location_id) VALUES (?, ?)", thing, location);
        }

        EntityInsertion.Remember(writing, thing, locations);
    }
}
