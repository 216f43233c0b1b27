using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>Changes of entities, inside a transaction of the city's database.</summary>
internal static class EntityWriter
{
    /// <summary>Makes the changes in their order, or none of them.</summary>
    public static ChangeOutcome Apply(Database database, ImmutableArray<EntityChange> changes, long nowMs)
    {
        database.Execute("SAVEPOINT sta");
        var writing = new EntityWriting(database, nowMs);
        ChangeRefusal? refusal = null;
        for (var i = 0; i < changes.Length && refusal is null; i++)
        {
            refusal = (Apply(writing, changes[i]) ?? writing.Excess()) is { } found ? found with { Index = i } : null;
        }

        database.Execute(refusal is null ? "RELEASE sta" : "ROLLBACK TO sta; RELEASE sta");
        return new ChangeOutcome(refusal, refusal is null ? writing.Consequences : []);
    }

    /// <summary>The first of so many ids that were never in use.</summary>
    public static long TakeIds(Database database, EntityKind kind, int count)
    {
        database.Prepare("INSERT OR IGNORE INTO sta_id (kind, next) VALUES (?, 1)").Bind(1, (long)kind).Execute();
        var first = 0L;
        using (var row = database.Prepare("SELECT next FROM sta_id WHERE kind = ?").Bind(1, (long)kind).Run())
        {
            first = row.Next() ? row.Int64(0) : 1;
        }

        database.Prepare("UPDATE sta_id SET next = ? WHERE kind = ?").Bind(1, first + count).Bind(2, (long)kind).Execute();
        return first;
    }

    private static ChangeRefusal? Apply(EntityWriting writing, EntityChange change)
    {
        if (change is not EntityChange.Insert && writing.Owner(change.Kind, change.Id) is null)
        {
            return EntityWriting.Missing(change.Kind, change.Id);
        }

        return change switch
        {
            EntityChange.Insert insert => EntityInsertion.Insert(writing, insert),
            EntityChange.Update update => Update(writing, update),
            EntityChange.Delete delete => OtherVersion(writing, delete.Kind, delete.Id, delete.IfVersion) ?? EntityDeletion.Delete(writing, delete.Kind, delete.Id),
            EntityChange.Connect connect => Connect(writing, connect),
            EntityChange.Disconnect disconnect => Disconnect(writing, disconnect),
            EntityChange.Observe observe => Observe(writing, observe),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "Not a kind of change."),
        };
    }

    private static ChangeRefusal? Update(EntityWriting writing, EntityChange.Update update)
    {
        if (OtherVersion(writing, update.Kind, update.Id, update.IfVersion) is { } other)
        {
            return other;
        }

        writing.Set(update.Kind, update.Id, update.Values);
        var refusal = EntityLinks.Connect(writing, update.Kind, update.Id, update.Links);
        writing.Changed(update.Kind, update.Id, [.. update.Values.Select(v => v.Property.Name), .. update.Links.Select(l => l.Relation.Name).Distinct()]);
        return refusal;
    }

    private static ChangeRefusal? Connect(EntityWriting writing, EntityChange.Connect connect)
    {
        var refusal = EntityLinks.Connect(writing, connect.Kind, connect.Id, [connect.Link]);
        writing.Changed(connect.Kind, connect.Id, [connect.Link.Relation.Name]);
        return refusal;
    }

    private static ChangeRefusal? Disconnect(EntityWriting writing, EntityChange.Disconnect disconnect)
    {
        var refusal = EntityLinks.Disconnect(writing, disconnect.Kind, disconnect.Id, disconnect.Link);
        writing.Changed(disconnect.Kind, disconnect.Id, [disconnect.Link.Relation.Name]);
        return refusal;
    }

    private static ChangeRefusal? Observe(EntityWriting writing, EntityChange.Observe observe)
    {
        if (writing.Owner(EntityKind.FeatureOfInterest, observe.Feature) is null)
        {
            return EntityWriting.NoTarget(EntityKind.FeatureOfInterest, observe.Feature);
        }

        writing.Database.Prepare("INSERT OR REPLACE INTO sta_observed (source_kind, source_id, from_ms, feature_id) VALUES (?, ?, ?, ?)")
            .Bind(1, (long)observe.Kind).Bind(2, observe.Id).Bind(3, observe.FromMs).Bind(4, observe.Feature).Execute();
        writing.Observed(observe.Kind, observe.Id, observe.FromMs);
        return null;
    }

    private static ChangeRefusal? OtherVersion(EntityWriting writing, EntityKind kind, long id, long? expected)
    {
        var stored = writing.Version(kind, id);
        return expected is null || expected == stored
            ? null
            : new ChangeRefusal(
                ChangeRefusalReason.OtherVersion, 0, $"{kind} {id} has version {stored}, not {expected}: somebody changed it. Read it again and repeat the change.");
    }
}
