using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Where entities of a kind rest.</summary>
/// <param name="Type">The kind.</param>
/// <param name="Name">Of the table.</param>
/// <param name="Columns">By <see cref="EntityProperty.Index"/>; null of what is not stored.</param>
/// <param name="Box">The table of bounding boxes of its geometries, or null.</param>
internal sealed record EntityTable(EntityType Type, string Name, ImmutableArray<string?> Columns, string? Box)
{
    private static readonly ImmutableArray<EntityTable> s_all =
    [
        Define(EntityKind.Thing, "sta_thing", null, "name", "description", "properties"),
        Define(EntityKind.Location, "sta_location", "sta_location_box", "name", "description", "encoding_type", "location", "properties"),
        Define(EntityKind.HistoricalLocation, "sta_historical_location", null, "time_ms"),
        Define(EntityKind.Datastream, "sta_datastream", null, "name", "description", "observation_type", "unit", "observed_area", null, null, "properties"),
        Define(
            EntityKind.MultiDatastream,
            "sta_multi_datastream",
            null,
            "name", "description", "observation_type", "data_types", "units", "observed_area", null, null, "properties"),
        Define(EntityKind.Sensor, "sta_sensor", null, "name", "description", "encoding_type", "metadata", "properties"),
        Define(EntityKind.ObservedProperty, "sta_observed_property", null, "name", "definition", "description", "properties"),
        Define(EntityKind.FeatureOfInterest, "sta_feature", "sta_feature_box", "name", "description", "encoding_type", "feature", "properties"),
    ];

    /// <summary>All of them.</summary>
    public static ImmutableArray<EntityTable> All => s_all;

    /// <summary>The property whose geometry has a box, or null.</summary>
    public EntityProperty? Boxed => Box is null ? null : Type.Properties.First(p => p.Type == ValueKind.Geometry);

    /// <summary>The table of the kind; Observations have none.</summary>
    public static EntityTable Of(EntityKind kind) => s_all.First(t => t.Type.Kind == kind);

    private static EntityTable Define(EntityKind kind, string name, string? box, params ReadOnlySpan<string?> columns) =>
        new(EntityTypes.Of(kind), name, ["id", .. columns], box);
}
