using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>An entity as a body describes it, with what is to be created or linked with it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Values">What was given; a null value takes an optional property away.</param>
/// <param name="Links">Relations that were given, in their order.</param>
/// <param name="Observation">Of an Observation what it says; otherwise null.</param>
public sealed record EntityBody(
    EntityKind Kind, ImmutableArray<PropertySetting> Values, ImmutableArray<BodyLink> Links, ObservationDraft? Observation)
{
    /// <summary>The value given for the property; null when none was given.</summary>
    public EntityValue? Value(string name)
    {
        foreach (var setting in Values)
        {
            if (string.Equals(setting.Property.Name, name, StringComparison.Ordinal))
            {
                return setting.Value;
            }
        }

        return null;
    }

    /// <summary>The links along a relation.</summary>
    public IEnumerable<BodyLink> Along(string relation) => Links.Where(l => string.Equals(l.Relation.Name, relation, StringComparison.Ordinal));
}
