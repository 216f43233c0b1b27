using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.Tests.SensorThings;

/// <summary>An entity as the second implementation sees it: plain values and references.</summary>
internal sealed class ModelEntity(EntityKind kind, long id)
{
    public EntityKind Kind { get; } = kind;

    public long Id { get; } = id;

    public Dictionary<string, object?> Values { get; } = new(StringComparer.Ordinal) { ["id"] = (double)id };

    public Dictionary<string, List<ModelEntity>> Related { get; } = new(StringComparer.Ordinal);

    /// <summary>The reading store's numbers.</summary>
    public List<int> Numbers { get; } = [];

    public List<ModelEntity> this[string relation] => Related.TryGetValue(relation, out var found) ? found : [];
}

/// <summary>A small random city, in the store and as plain objects.</summary>
internal sealed class ModelCity
{
    public const long NowMs = 1_790_000_000_000;

    private static readonly string[] s_names =
        ["", "a", "A", "ab", "Ä", "ä", "Straße 1", "x'y", "%_", "'; DROP TABLE sta_thing; --", "😀b", " b ", "\uFFFDz", "12", "\" OR 1=1", "ßab"];

    private static readonly string[] s_jsons =
        ["null", "true", "false", "0", "1", "-2.5", "12", "\"a\"", "\"Ä\"", "\"\"", "\"12\"", "\"2026-01-02T03:04:05.5Z\"", "[1,\"x\"]", "{\"c\":1}", "1e3"];

    private readonly Random _random;
    private readonly List<EntityChange> _changes = [];
    private readonly bool _isNumbered;
    private int _numbers;

    public ModelCity(Random random, bool isNumbered = false)
    {
        (_random, _isNumbered) = (random, isNumbered);
        Many(EntityKind.Location, 6, []);
        Many(EntityKind.Sensor, 4, []);
        Many(EntityKind.ObservedProperty, 4, []);
        Many(EntityKind.Thing, 10, [("Locations", 0, 2)]);
        Many(EntityKind.Datastream, 24, [("Thing", 1, 1), ("Sensor", 1, 1), ("ObservedProperty", 1, 1)]);
        Many(EntityKind.MultiDatastream, 6, [("Thing", 1, 1), ("Sensor", 1, 1), ("ObservedProperties", 1, 3)]);
        Many(EntityKind.FeatureOfInterest, 4, []);
    }

    public Dictionary<EntityKind, List<ModelEntity>> All { get; } = EntityTypes.All.ToDictionary(t => t.Kind, _ => new List<ModelEntity>());

    /// <summary>Writes the city; the HistoricalLocations that the store makes are taken over from it.</summary>
    public async Task WriteAsync(IEntityStore store)
    {
        var outcome = await store.ChangeAsync([.. _changes], NowMs, CancellationToken.None);
        Assert.Null(outcome.Refusal);
        foreach (var made in outcome.Consequences.Where(c => c.Kind == EntityKind.HistoricalLocation))
        {
            var thing = await store.FindAsync(
                new EntityQuery(
                    ResourcePath.Along(made.Id, EntityTypes.Of(EntityKind.HistoricalLocation).Navigation("Thing")!),
                    QueryOptions.None,
                    NowMs,
                    EntitySight.Entities,
                    QueryLimits.Default),
                CancellationToken.None);
            var owner = All[EntityKind.Thing].Single(t => t.Id == thing.Value!.Entities[0].Id);
            var history = new ModelEntity(EntityKind.HistoricalLocation, made.Id);
            history.Values["time"] = new Moment(NowMs, NowMs);
            All[EntityKind.HistoricalLocation].Add(history);
            Join(history, "Thing", owner);
            foreach (var location in owner["Locations"])
            {
                Join(history, "Locations", location);
            }
        }
    }

    private void Many(EntityKind kind, int count, (string Relation, int Least, int Most)[] relations)
    {
        for (var id = 1; id <= count; id++)
        {
            var entity = new ModelEntity(kind, id);
            All[kind].Add(entity);
            var settings = EntityTypes.Of(kind).Properties.Where(p => p.Index > 0 && !p.Derived).Select(p => Setting(entity, p)).ToImmutableArray();
            var links = ImmutableArray.CreateBuilder<EntityLink>();
            foreach (var (name, least, most) in relations)
            {
                var way = EntityTypes.Of(kind).Navigation(name)!;
                foreach (var target in All[way.Target].OrderBy(_ => _random.Next()).Take(_random.Next(least, most + 1)))
                {
                    links.Add(new EntityLink(way, target.Id));
                    Join(entity, name, target);
                }
            }

            _changes.Add(new EntityChange.Insert(kind, id, new EntityOwner("muenster", null, null), settings, links.ToImmutable(), Numbers(entity, links.Count)));
        }
    }

    private ImmutableArray<int> Numbers(ModelEntity entity, int links)
    {
        var count = !_isNumbered ? 0 : entity.Kind switch { EntityKind.Datastream => 1, EntityKind.MultiDatastream => links - 2, _ => 0 };
        entity.Numbers.AddRange(Enumerable.Range(_numbers + 1, count));
        _numbers += count;
        return [.. entity.Numbers];
    }

    public static void Join(ModelEntity one, string relation, ModelEntity other)
    {
        var way = EntityTypes.Of(one.Kind).Navigation(relation)!;
        Add(one, relation, other);
        Add(other, way.Inverse, one);
    }

    private static void Add(ModelEntity one, string relation, ModelEntity other)
    {
        if (!one.Related.TryGetValue(relation, out var list))
        {
            one.Related.Add(relation, list = []);
        }

        list.Add(other);
    }

    private PropertySetting Setting(ModelEntity entity, EntityProperty property)
    {
        switch (property.Type)
        {
            case ValueKind.Text:
                var text = !property.Required && _random.Next(4) == 0 ? null : s_names[_random.Next(s_names.Length)];
                entity.Values[property.Name] = text;
                return new PropertySetting(property, EntityValue.Of(text));
            case ValueKind.Geometry:
                var (x, y) = (_random.Next(-3, 4), _random.Next(-3, 4));
                entity.Values[property.Name] = (x, y);
                return new PropertySetting(property, EntityValue.Geometry(string.Create(CultureInfo.InvariantCulture, $$"""{"type":"Point","coordinates":[{{x}},{{y}}]}""")));
            default:
                var json = _random.Next(5) == 0 ? null : Json();
                entity.Values[property.Name] = json is null ? null : JsonDocument.Parse(json).RootElement;
                return new PropertySetting(property, EntityValue.Json(json));
        }
    }

    private string Json()
    {
        var parts = new List<string>();
        foreach (var name in new[] { "a", "flag", "ä-1" })
        {
            if (_random.Next(4) > 0)
            {
                parts.Add($"{JsonSerializer.Serialize(name)}:{s_jsons[_random.Next(s_jsons.Length)]}");
            }
        }

        parts.Add($"\"b\":{{\"c\":{s_jsons[_random.Next(s_jsons.Length)]},\"list\":[{s_jsons[_random.Next(s_jsons.Length)]}]}}");
        parts.Add($"\"t\":\"2026-01-0{_random.Next(1, 5)}T00:00:00Z\"");
        return $"{{{string.Join(',', parts)}}}";
    }
}

/// <summary>A time of the second implementation.</summary>
internal readonly record struct Moment(long StartMs, long EndMs)
{
    public bool IsSpan => EndMs > StartMs;
}

/// <summary>A length of time of the second implementation.</summary>
internal readonly record struct Length(long Ms);
