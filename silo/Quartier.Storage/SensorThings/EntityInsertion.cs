using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>New entities.</summary>
internal static class EntityInsertion
{
    /// <summary>Inserts an entity with its relations, or says why not.</summary>
    public static ChangeRefusal? Insert(EntityWriting writing, EntityChange.Insert insert)
    {
        var (kind, id) = (insert.Kind, insert.Id);
        var missing = EntityTypes.Of(kind).Navigations.FirstOrDefault(n => n.Required && !insert.Links.Any(l => l.Relation == n));
        if (missing is not null)
        {
            return new ChangeRefusal(ChangeRefusalReason.RelationRequired, 0, $"A {kind} needs a {missing.Name}.");
        }

        if (Taken(writing, insert) is { } taken)
        {
            return taken;
        }

        AddRow(writing, insert);
        writing.Set(kind, id, insert.Values);
        writing.Inserted(kind, id);
        if (kind == EntityKind.MultiDatastream)
        {
            return Components(writing, insert);
        }

        return EntityLinks.Connect(writing, kind, id, insert.Links) ?? (kind == EntityKind.HistoricalLocation ? MoveThing(writing, id) : null);
    }

    /// <summary>A Thing is now at the Locations: the change is kept as a HistoricalLocation.</summary>
    public static void Remember(EntityWriting writing, long thing, IReadOnlyList<long> locations)
    {
        var owner = writing.Owner(EntityKind.Thing, thing)!;
        var id = EntityWriter.TakeIds(writing.Database, EntityKind.HistoricalLocation, 1);
        writing.Database.Prepare("INSERT INTO sta_historical_location (id, version, city, district, time_ms, thing_id) VALUES (?, 1, ?, ?, ?, ?)")
            .Bind(1, id).Bind(2, owner.City).BindOrNull(3, owner.District).Bind(4, writing.NowMs).Bind(5, thing).Execute();
        foreach (var location in locations)
        {
            writing.Execute("INSERT OR IGNORE INTO sta_historical_location_location (historical_location_id, location_id) VALUES (?, ?)", id, location);
        }

        writing.Inserted(EntityKind.HistoricalLocation, id);
    }

    private static ChangeRefusal? Taken(EntityWriting writing, EntityChange.Insert insert)
    {
        var (kind, id) = (insert.Kind, insert.Id);
        if (writing.Owner(kind, id) is not null)
        {
            return new ChangeRefusal(ChangeRefusalReason.Taken, 0, $"{kind} {id} exists already. Let the server choose the id.");
        }

        if (insert.Owner.RegistryKey is { } key)
        {
            using var row = writing.Database.Prepare($"SELECT id FROM {EntityTable.Of(kind).Name} WHERE city = ? AND registry_key = ?")
                .Bind(1, insert.Owner.City).Bind(2, key).Run();
            if (row.Next())
            {
                return new ChangeRefusal(ChangeRefusalReason.Taken, 0, $"{key} is {kind} {row.Int64(0)} already. Change that one, or choose another name.");
            }
        }

        var used = insert.Numbers.FirstOrDefault(n => writing.Number("SELECT 1 FROM sta_datastream WHERE number = ?", n) is not null
            || writing.Number("SELECT 1 FROM sta_component WHERE number = ?", n) is not null);
        return used == 0 ? null : new ChangeRefusal(ChangeRefusalReason.Taken, 0, $"The datastream {used} of the reading store belongs to another Datastream already.");
    }

    private static void AddRow(EntityWriting writing, EntityChange.Insert insert)
    {
        var keys = ForeignKeys(insert.Kind);
        var columns = string.Concat(keys.Select(k => $", {k.Column}"));
        var places = string.Concat(keys.Select(_ => ", ?"));
        var hasNumber = insert.Kind == EntityKind.Datastream;
        var statement = writing.Database.Prepare(
            $"INSERT INTO {EntityTable.Of(insert.Kind).Name} (id, version, city, district, registry_key{columns}{(hasNumber ? ", number" : string.Empty)}) VALUES (?, 1, ?, ?, ?{places}{(hasNumber ? ", ?" : string.Empty)})")
            .Bind(1, insert.Id).Bind(2, insert.Owner.City).BindOrNull(3, insert.Owner.District).BindOrNull(4, insert.Owner.RegistryKey);
        var place = 5;
        foreach (var (way, _) in keys)
        {
            statement.Bind(place++, insert.Links.First(l => l.Relation == way).Target);
        }

        if (hasNumber)
        {
            _ = insert.Numbers.IsEmpty ? statement.BindNull(place) : statement.Bind(place, insert.Numbers[0]);
        }

        statement.Execute();
    }

    private static List<(Navigation Way, string Column)> ForeignKeys(EntityKind kind) =>
        [.. EntityTypes.Of(kind).Navigations.Where(n => !n.Many && Relation.Of(n)?.SourceColumn is not null).Select(n => (n, Relation.Of(n)!.SourceColumn!))];

    private static ChangeRefusal? Components(EntityWriting writing, EntityChange.Insert insert)
    {
        var position = 0;
        foreach (var link in insert.Links.Where(l => l.Relation.Target == EntityKind.ObservedProperty))
        {
            if (writing.Owner(EntityKind.ObservedProperty, link.Target) is null)
            {
                return EntityWriting.NoTarget(EntityKind.ObservedProperty, link.Target);
            }

            var statement = writing.Database.Prepare("INSERT INTO sta_component (multi_datastream_id, position, observed_property_id, number) VALUES (?, ?, ?, ?)")
                .Bind(1, insert.Id).Bind(2, position).Bind(3, link.Target);
            _ = position < insert.Numbers.Length ? statement.Bind(4, insert.Numbers[position]) : statement.BindNull(4);
            statement.Execute();
            position++;
        }

        return EntityLinks.Connect(writing, insert.Kind, insert.Id, [.. insert.Links.Where(l => l.Relation.Target != EntityKind.ObservedProperty)]);
    }

    // OGC 18-088, 8.2.3: the newest HistoricalLocation says where the Thing is.
    private static ChangeRefusal? MoveThing(EntityWriting writing, long id)
    {
        var thing = writing.Number("SELECT thing_id FROM sta_historical_location WHERE id = ?", id)!.Value;
        if (writing.Number("SELECT 1 FROM sta_historical_location h JOIN sta_historical_location n ON n.id = ? WHERE h.thing_id = ? AND h.id <> n.id AND h.time_ms > n.time_ms", id, thing)
            is not null)
        {
            return null;
        }

        writing.Execute("DELETE FROM sta_thing_location WHERE thing_id = ?", thing);
        writing.Execute(
            "INSERT INTO sta_thing_location (thing_id, location_id) SELECT ?, location_id FROM sta_historical_location_location WHERE historical_location_id = ?", thing, id);
        writing.Changed(EntityKind.Thing, thing, ["Locations"]);
        return null;
    }
}
