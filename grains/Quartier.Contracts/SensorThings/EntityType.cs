using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>What the standard says of one kind of entity: its properties and its ways to others.</summary>
public sealed class EntityType
{
    internal EntityType(EntityKind kind, string name, string setName, ImmutableArray<EntityProperty> properties, ImmutableArray<Navigation> navigations) =>
        (Kind, Name, SetName, Properties, Navigations) = (kind, name, setName, properties, navigations);

    /// <summary>Which.</summary>
    public EntityKind Kind { get; }

    /// <summary>Such as <c>FeatureOfInterest</c>.</summary>
    public string Name { get; }

    /// <summary>Name of the entity set at the root, such as <c>FeaturesOfInterest</c>.</summary>
    public string SetName { get; }

    /// <summary>The first is <c>id</c>.</summary>
    public ImmutableArray<EntityProperty> Properties { get; }

    /// <summary>Ways to related entities.</summary>
    public ImmutableArray<Navigation> Navigations { get; }

    /// <summary>The property of the name (as in JSON; case matters), or null.</summary>
    public EntityProperty? Property(string name)
    {
        foreach (var property in Properties)
        {
            if (string.Equals(property.Name, name, StringComparison.Ordinal))
            {
                return property;
            }
        }

        return null;
    }

    /// <summary>The navigation of the name (case matters), or null.</summary>
    public Navigation? Navigation(string name)
    {
        foreach (var navigation in Navigations)
        {
            if (string.Equals(navigation.Name, name, StringComparison.Ordinal))
            {
                return navigation;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
