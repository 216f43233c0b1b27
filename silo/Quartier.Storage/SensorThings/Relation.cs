using Quartier.Contracts.SensorThings;
using static Quartier.Contracts.SensorThings.EntityKind;

namespace Quartier.Storage.SensorThings;

/// <summary>How two tables are related: by a column of the source, by a column of the target, or by a table of links.</summary>
/// <param name="SourceColumn">Column of the source that holds the target's id, or null.</param>
/// <param name="TargetColumn">Column of the target that holds the source's id, or null.</param>
/// <param name="Links">Table of links, or null.</param>
/// <param name="LinkSource">Its column with the source's id.</param>
/// <param name="LinkTarget">Its column with the target's id.</param>
internal sealed record Relation(string? SourceColumn, string? TargetColumn, string? Links, string LinkSource, string LinkTarget)
{
    /// <summary>Links between MultiDatastreams and ObservedProperties have an order and numbers of their own.</summary>
    public const string Components = "sta_component";

    /// <summary>How the navigation's tables are related; null of those to and from Observations.</summary>
    public static Relation? Of(Navigation way) => (way.Source, way.Target) switch
    {
        (Observation, _) or (_, Observation) => null,
        (Thing, Location) => Link("sta_thing_location", "thing_id", "location_id"),
        (Location, Thing) => Link("sta_thing_location", "location_id", "thing_id"),
        (HistoricalLocation, Location) => Link("sta_historical_location_location", "historical_location_id", "location_id"),
        (Location, HistoricalLocation) => Link("sta_historical_location_location", "location_id", "historical_location_id"),
        (MultiDatastream, ObservedProperty) => Link(Components, "multi_datastream_id", "observed_property_id"),
        (ObservedProperty, MultiDatastream) => Link(Components, "observed_property_id", "multi_datastream_id"),
        _ => way.Many ? new Relation(null, Key(way.Source), null, string.Empty, string.Empty) : new Relation(Key(way.Target), null, null, string.Empty, string.Empty),
    };

    private static Relation Link(string table, string source, string target) => new(null, null, table, source, target);

    private static string Key(EntityKind kind) => kind switch
    {
        Thing => "thing_id",
        Sensor => "sensor_id",
        ObservedProperty => "observed_property_id",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nothing refers to it by a column."),
    };
}
