using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>Changes of rows, and what has come of them.</summary>
internal sealed class EntityWriting(Database database, long nowMs)
{
    /// <summary>Entities that one list of changes may touch: some hundred megabytes of log, and less than a second.</summary>
    private const int MostConsequences = 250_000;

    private readonly ImmutableArray<EntityConsequence>.Builder _consequences = ImmutableArray.CreateBuilder<EntityConsequence>();

    /// <summary>The city's database, in a transaction.</summary>
    public Database Database => database;

    /// <summary>The present.</summary>
    public long NowMs => nowMs;

    /// <summary>What has happened.</summary>
    public ImmutableArray<EntityConsequence> Consequences => _consequences.ToImmutable();

    /// <summary>The entity does not exist.</summary>
    public static ChangeRefusal Missing(EntityKind kind, long id) => new(ChangeRefusalReason.NotFound, 0, $"There is no {kind} {id}.");

    /// <summary>A link leads nowhere.</summary>
    public static ChangeRefusal NoTarget(EntityKind kind, long id) =>
        new(ChangeRefusalReason.TargetMissing, 0, $"There is no {kind} {id} to refer to. Create it first, or name another.");

    /// <summary>A refusal when too much has happened already.</summary>
    public ChangeRefusal? Excess() => _consequences.Count <= MostConsequences
        ? null
        : new ChangeRefusal(ChangeRefusalReason.TooMany, 0, $"The change would touch more than {MostConsequences} entities. Make it in parts.");

    /// <summary>To whom the entity belongs; null when there is none.</summary>
    public EntityOwner? Owner(EntityKind kind, long id)
    {
        using var row = database.Prepare($"SELECT city, district, registry_key FROM {EntityTable.Of(kind).Name} WHERE id = ?").Bind(1, id).Run();
        return row.Next() ? new EntityOwner(row.Text(0), row.TextOrNull(1), row.TextOrNull(2)) : null;
    }

    /// <summary>The entity's version; 0 when there is none.</summary>
    public long Version(EntityKind kind, long id) => Number($"SELECT version FROM {EntityTable.Of(kind).Name} WHERE id = ?", id) ?? 0;

    /// <summary>The number in the first row, or null.</summary>
    public long? Number(string sql, params ReadOnlySpan<long> parameters)
    {
        var numbers = Numbers(sql, parameters);
        return numbers.Count == 0 ? null : numbers[0];
    }

    /// <summary>The numbers in the first column; NULL is left out.</summary>
    public List<long> Numbers(string sql, params ReadOnlySpan<long> parameters)
    {
        var statement = database.Prepare(sql);
        for (var i = 0; i < parameters.Length; i++)
        {
            statement.Bind(i + 1, parameters[i]);
        }

        var found = new List<long>();
        using var row = statement.Run();
        while (row.Next())
        {
            if (!row.IsNull(0))
            {
                found.Add(row.Int64(0));
            }
        }

        return found;
    }

    /// <summary>Runs a statement with numbers.</summary>
    public void Execute(string sql, params ReadOnlySpan<long> parameters)
    {
        var statement = database.Prepare(sql);
        for (var i = 0; i < parameters.Length; i++)
        {
            statement.Bind(i + 1, parameters[i]);
        }

        statement.Execute();
    }

    /// <summary>Sets values of an entity.</summary>
    public void Set(EntityKind kind, long id, ImmutableArray<PropertySetting> values)
    {
        var table = EntityTable.Of(kind);
        foreach (var (property, value) in values)
        {
            if (table.Columns[property.Index] is not { } column || property.Index == 0)
            {
                throw new ArgumentOutOfRangeException(nameof(values), property.Name, $"{property.Name} of a {kind} follows from other things and is not written.");
            }

            var statement = database.Prepare($"UPDATE {table.Name} SET {column} = ? WHERE id = ?").Bind(2, id);
            _ = value.Kind switch
            {
                ValueKind.Null => statement.BindNull(1),
                ValueKind.Text or ValueKind.Json or ValueKind.Geometry => statement.Bind(1, value.Text!),
                _ => statement.Bind(1, value.Start),
            };
            statement.Execute();
            if (property == table.Boxed)
            {
                SetBox(table.Box!, id, value.Text);
            }
        }
    }

    /// <summary>The entity is new.</summary>
    public void Inserted(EntityKind kind, long id) => Add(ConsequenceKind.Inserted, kind, id, 1, Owner(kind, id)!, []);

    /// <summary>The entity has changed: its version grows.</summary>
    public void Changed(EntityKind kind, long id, ImmutableArray<string> names)
    {
        Execute($"UPDATE {EntityTable.Of(kind).Name} SET version = version + 1 WHERE id = ?", id);
        Add(ConsequenceKind.Updated, kind, id, Version(kind, id), Owner(kind, id)!, names);
    }

    /// <summary>The entity's row goes.</summary>
    public void Remove(EntityKind kind, long id, ImmutableArray<int> numbers)
    {
        var table = EntityTable.Of(kind);
        var owner = Owner(kind, id)!;
        Execute($"DELETE FROM {table.Name} WHERE id = ?", id);
        if (table.Box is { } box)
        {
            Execute($"DELETE FROM {box} WHERE id = ?", id);
        }

        _consequences.Add(new EntityConsequence(ConsequenceKind.Deleted, kind, id, 0, owner, [], numbers, long.MinValue, long.MaxValue));
    }

    /// <summary>The stream's Observations tell of another feature from then on: no entity's own values have changed.</summary>
    public void Observed(EntityKind kind, long id, long fromMs) =>
        _consequences.Add(new EntityConsequence(ConsequenceKind.FeatureOther, kind, id, Version(kind, id), Owner(kind, id)!, [], [], fromMs, long.MaxValue));

    /// <summary>Observations go with their feature.</summary>
    public void FeatureGone(EntityKind kind, long id, ImmutableArray<int> numbers, long fromMs, long toMs) =>
        _consequences.Add(new EntityConsequence(ConsequenceKind.FeatureGone, kind, id, Version(kind, id), Owner(kind, id)!, [], numbers, fromMs, toMs));

    private void Add(ConsequenceKind what, EntityKind kind, long id, long version, EntityOwner owner, ImmutableArray<string> names) =>
        _consequences.Add(new EntityConsequence(what, kind, id, version, owner, names, [], 0, 0));

    private void SetBox(string box, long id, string? geometry)
    {
        Execute($"DELETE FROM {box} WHERE id = ?", id);
        if (geometry is null || Geometries.ShapeOf(geometry)?.Box is not { } found)
        {
            return;
        }

        database.Prepare($"INSERT INTO {box} (id, west, east, south, north) VALUES (?, ?, ?, ?, ?)")
            .Bind(1, id).Bind(2, found.West).Bind(3, found.East).Bind(4, found.South).Bind(5, found.North).Execute();
    }
}
