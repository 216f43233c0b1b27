using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>An entity as it stands within a plan: stored, or created by the plan.</summary>
internal sealed class PlannedEntity(EntityKind kind, long id, EntityOwner owner, bool isNew)
{
    private readonly Dictionary<string, EntityValue> _values = new(StringComparer.Ordinal);

    public EntityKind Kind => kind;

    public long Id => id;

    public EntityOwner Owner => owner;

    /// <summary>Whether the plan creates it: the store does not know it yet.</summary>
    public bool IsNew => isNew;

    /// <summary>Of a new Thing its Locations; otherwise to be asked of the store.</summary>
    public List<long> Locations { get; } = [];

    /// <summary>The version that is stored; null of a new one.</summary>
    public long? Version { get; private init; }

    /// <summary>The reading store's numbers of a stored stream.</summary>
    public IReadOnlyList<int> Numbers { get; private set; } = [];

    public static PlannedEntity Of(Entity stored)
    {
        var entity = new PlannedEntity(stored.Kind, stored.Id, stored.Owner, isNew: false) { Numbers = stored.Numbers, Version = stored.Version };
        foreach (var property in EntityTypes.Of(stored.Kind).Properties)
        {
            entity._values[property.Name] = stored[property];
        }

        return entity;
    }

    /// <summary>A new stream as it will be stored; its numbers are not handed out yet.</summary>
    /// <param name="components">How many it will have.</param>
    public Entity AsStored(int components) =>
        new(kind, id, 1, owner, [.. EntityTypes.Of(kind).Properties.Select(p => _values.GetValueOrDefault(p.Name))], [.. Enumerable.Range(1, components)]);

    /// <summary>The text, JSON or geometry of a property, or null.</summary>
    public string? Text(string property) => _values.GetValueOrDefault(property).Text;

    public void Take(IEnumerable<PropertySetting> values)
    {
        foreach (var (property, value) in values)
        {
            _values[property.Name] = value;
        }
    }
}
