using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>What a URL addresses below the root, such as <c>Things(1)/Datastreams(2)/Observations</c>.</summary>
/// <param name="Steps">At least one; the first is an entity set of the root.</param>
/// <param name="Property">The addressed property of the last entity, or null.</param>
/// <param name="Inside">Names within that property, such as <c>a</c>, <c>b</c> of <c>properties/a/b</c>; mostly empty.</param>
/// <param name="End">What of it is asked for.</param>
public sealed record ResourcePath(ImmutableArray<PathStep> Steps, EntityProperty? Property, ImmutableArray<string> Inside, PathEnd End)
{
    /// <summary>The last step.</summary>
    public PathStep Last => Steps[^1];

    /// <summary>The type of what the last step leads to.</summary>
    public EntityType Type => EntityTypes.Of(Last.Kind);

    /// <summary>Whether it leads to a set and not to one entity.</summary>
    public bool IsSet => Last.IsSet;

    /// <summary>The entity set itself.</summary>
    public static ResourcePath Set(EntityKind kind) => new([new PathStep(kind, null, null)], null, [], PathEnd.Entities);

    /// <summary>One entity of the set at the root.</summary>
    public static ResourcePath One(EntityKind kind, long id) => new([new PathStep(kind, null, id)], null, [], PathEnd.Entities);

    /// <summary>What the navigation leads to from one entity.</summary>
    public static ResourcePath Along(long id, Navigation via) =>
        new([new PathStep(via.Source, null, id), new PathStep(via.Target, via, null)], null, [], PathEnd.Entities);
}
