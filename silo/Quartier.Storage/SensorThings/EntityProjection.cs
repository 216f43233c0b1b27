using System.Collections.Immutable;
using System.Text.Json;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// The registry's entities. Of each the values and links are kept as they were projected last; only what differs from that is written, so
/// that what the API changed meanwhile stays until the registry says something new.
/// </summary>
internal sealed class EntityProjection
{
    private readonly EntityWriting _writing;
    private readonly string _city;
    private readonly Dictionary<(EntityKind, string), long> _ids = [];

    private EntityProjection(EntityWriting writing, string city) => (_writing, _city) = (writing, city);

    /// <summary>Makes the city's projected entities those of the list.</summary>
    public static ChangeOutcome Apply(Database database, string city, ImmutableArray<RegisteredEntity> entities, long nowMs)
    {
        database.Execute("SAVEPOINT sta");
        var writing = new EntityWriting(database, nowMs);
        var refusal = new EntityProjection(writing, city).Run(entities);
        database.Execute(refusal is null ? "RELEASE sta" : "ROLLBACK TO sta; RELEASE sta");
        return new ChangeOutcome(refusal, refusal is null ? writing.Consequences : []);
    }

    private ChangeRefusal? Run(ImmutableArray<RegisteredEntity> entities)
    {
        // What others refer to comes first.
        foreach (var (entity, index) in entities.Select((e, i) => (e, i)).OrderBy(e => Rank(e.e.Kind)))
        {
            if (Put(entity) is { } refusal)
            {
                return refusal with { Index = index };
            }
        }

        var kept = entities.Select(e => (e.Kind, e.Owner.RegistryKey!)).ToHashSet();
        return EntityTable.All.Select(table => RemoveOthers(table, kept)).FirstOrDefault(r => r is not null);
    }

    private static int Rank(EntityKind kind) => kind switch
    {
        EntityKind.Location or EntityKind.Sensor or EntityKind.ObservedProperty or EntityKind.FeatureOfInterest => 0,
        EntityKind.Thing => 1,
        _ => 2,
    };

    private ChangeRefusal? Put(RegisteredEntity entity)
    {
        var now = Describe(entity);
        if (Find(entity.Kind, entity.Owner.RegistryKey!) is not var (id, before))
        {
            return Insert(entity, now);
        }

        _ids[(entity.Kind, entity.Owner.RegistryKey!)] = id;
        if (string.Equals(before, now, StringComparison.Ordinal))
        {
            return null;
        }

        var known = before is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(before)!;
        ImmutableArray<PropertySetting> values = [.. entity.Values.Where(v => !IsKnown(known, v.Property.Name, TextOf(v.Value)))];
        var links = entity.Links.GroupBy(l => l.Relation)
            .Where(g => !IsKnown(known, NameOf(g.Key), string.Join('\n', g.Select(l => l.RegistryKey)))).SelectMany(g => g).ToList();
        return Change(entity, id, values, links) ?? Keep(entity, id, now);
    }

    private ChangeRefusal? Change(RegisteredEntity entity, long id, ImmutableArray<PropertySetting> values, List<RegisteredLink> links)
    {
        if (Resolve(links.Where(l => l.Relation is not null), out var resolved) is { } refusal)
        {
            return refusal;
        }

        _writing.Set(entity.Kind, id, values);
        if (EntityLinks.Connect(_writing, entity.Kind, id, resolved) is { } unconnected)
        {
            return unconnected;
        }

        _writing.Database.Prepare($"UPDATE {EntityTable.Of(entity.Kind).Name} SET district = ? WHERE id = ?")
            .BindOrNull(1, entity.Owner.District).Bind(2, id).Execute();
        if (entity.Kind == EntityKind.Datastream && !entity.Numbers.IsEmpty)
        {
            _writing.Execute("UPDATE sta_datastream SET number = ? WHERE id = ?", entity.Numbers[0], id);
        }

        _writing.Changed(entity.Kind, id, [.. values.Select(v => v.Property.Name), .. links.Select(l => NameOf(l.Relation)).Distinct()]);
        return Observe(entity, id, links, _writing.NowMs);
    }

    private ChangeRefusal? Insert(RegisteredEntity entity, string now)
    {
        var id = EntityWriter.TakeIds(_writing.Database, entity.Kind, 1);
        if (Resolve(entity.Links.Where(l => l.Relation is not null), out var links) is { } refusal)
        {
            return refusal;
        }

        _ids[(entity.Kind, entity.Owner.RegistryKey!)] = id;
        var values = entity.Values.AddRange(EntityTypes.Of(entity.Kind).Properties
            .Where(p => p is { Required: true, Type: ValueKind.Text } && entity.Values.All(v => v.Property != p))
            .Select(p => new PropertySetting(p, EntityValue.Of(string.Empty))));
        var insert = new EntityChange.Insert(entity.Kind, id, entity.Owner, values, links, entity.Numbers);
        return EntityInsertion.Insert(_writing, insert) ?? Observe(entity, id, entity.Links, long.MinValue) ?? Keep(entity, id, now);
    }

    private ChangeRefusal? Observe(RegisteredEntity entity, long id, IEnumerable<RegisteredLink> links, long fromMs)
    {
        foreach (var link in links.Where(l => l.Relation is null))
        {
            if (IdOf(EntityKind.FeatureOfInterest, link.RegistryKey) is not { } feature)
            {
                return Unknown(EntityKind.FeatureOfInterest, link.RegistryKey);
            }

            _writing.Execute(
                "INSERT OR REPLACE INTO sta_observed (source_kind, source_id, from_ms, feature_id) VALUES (?, ?, ?, ?)", (long)entity.Kind, id, fromMs, feature);
        }

        return null;
    }

    private ChangeRefusal? Keep(RegisteredEntity entity, long id, string now)
    {
        _writing.Database.Prepare($"UPDATE {EntityTable.Of(entity.Kind).Name} SET projected = ? WHERE id = ?").Bind(1, now).Bind(2, id).Execute();
        return null;
    }

    private ChangeRefusal? Resolve(IEnumerable<RegisteredLink> links, out ImmutableArray<EntityLink> resolved)
    {
        var found = ImmutableArray.CreateBuilder<EntityLink>();
        resolved = [];
        foreach (var link in links)
        {
            if (IdOf(link.Relation!.Target, link.RegistryKey) is not { } target)
            {
                return Unknown(link.Relation.Target, link.RegistryKey);
            }

            found.Add(new EntityLink(link.Relation, target));
        }

        resolved = found.ToImmutable();
        return null;
    }

    private static ChangeRefusal Unknown(EntityKind kind, string key) =>
        new(ChangeRefusalReason.TargetMissing, 0, $"There is no {kind} with the registry key {key} to refer to. Put it into the list.");

    private long? IdOf(EntityKind kind, string key) => _ids.TryGetValue((kind, key), out var id) ? id : Find(kind, key)?.Id;

    private (long Id, string? Projected)? Find(EntityKind kind, string key)
    {
        using var row = _writing.Database.Prepare($"SELECT id, projected FROM {EntityTable.Of(kind).Name} WHERE city = ? AND registry_key = ?")
            .Bind(1, _city).Bind(2, key).Run();
        return row.Next() ? (row.Int64(0), row.TextOrNull(1)) : null;
    }

    private ChangeRefusal? RemoveOthers(EntityTable table, HashSet<(EntityKind, string)> kept)
    {
        var gone = new List<long>();
        using (var row = _writing.Database.Prepare($"SELECT id, registry_key FROM {table.Name} WHERE city = ? AND projected IS NOT NULL AND registry_key IS NOT NULL")
            .Bind(1, _city).Run())
        {
            while (row.Next())
            {
                if (!kept.Contains((table.Type.Kind, row.Text(1))))
                {
                    gone.Add(row.Int64(0));
                }
            }
        }

        // Some may have gone with another already.
        return gone.Where(id => _writing.Owner(table.Type.Kind, id) is not null)
            .Select(id => EntityDeletion.Delete(_writing, table.Type.Kind, id))
            .FirstOrDefault(r => r is not null);
    }

    private static bool IsKnown(Dictionary<string, string> known, string name, string text) =>
        known.TryGetValue(name, out var before) && string.Equals(before, text, StringComparison.Ordinal);

    private static string Describe(RegisteredEntity entity)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [" district"] = entity.Owner.District ?? string.Empty,
            [" numbers"] = string.Join(',', entity.Numbers),
        };
        foreach (var (property, value) in entity.Values)
        {
            all[property.Name] = TextOf(value);
        }

        foreach (var group in entity.Links.GroupBy(l => l.Relation))
        {
            all[NameOf(group.Key)] = string.Join('\n', group.Select(l => l.RegistryKey));
        }

        return JsonSerializer.Serialize(all);
    }

    private static string NameOf(Navigation? relation) => relation?.Name ?? "FeatureOfInterest";

    private static string TextOf(EntityValue value) =>
        value.Text ?? (value.IsNull ? string.Empty : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value.Start}/{value.End}/{value.Real}"));
}
