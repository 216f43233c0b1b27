using Quartier.Contracts.Districts;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Answers;

/// <summary>An entity, or an Observation, of an answer, with what is expanded below it.</summary>
internal sealed class Shown
{
    private readonly EntityValue[]? _derived;

    public Shown(Entity entity)
    {
        Entity = entity;
        Kind = entity.Kind;
        Id = entity.Id;
        _derived = entity.Kind is EntityKind.Datastream or EntityKind.MultiDatastream ? new EntityValue[EntityTypes.Of(entity.Kind).Properties.Length] : null;
    }

    public Shown(ObservationRow row, ObservationSight sight, bool isTruth)
    {
        Row = row;
        Sight = sight;
        IsTruth = isTruth && sight.Window == Resolution.Raw;
        Kind = EntityKind.Observation;
        Id = row.Id;
    }

    public EntityKind Kind { get; }

    public long Id { get; }

    /// <summary>Null for an Observation.</summary>
    public Entity? Entity { get; }

    /// <summary>The Observation; null for an entity.</summary>
    public ObservationRow? Row { get; }

    /// <summary>By what the Observation is seen.</summary>
    public ObservationSight? Sight { get; }

    /// <summary>Whether the result is true or false; a window's is a number all the same.</summary>
    public bool IsTruth { get; }

    /// <summary>What is expanded, by relation.</summary>
    public Dictionary<Navigation, ShownPage> Expanded { get; } = [];

    /// <summary>The stored or derived value.</summary>
    public EntityValue this[EntityProperty property] => property.Derived && _derived is not null ? _derived[property.Index] : Entity![property];

    /// <summary>Fills a property that follows from readings.</summary>
    public void Derive(EntityProperty property, EntityValue value) => _derived![property.Index] = value;
}
