using System.Collections.Immutable;
using static Quartier.Contracts.SensorThings.EntityKind;
using static Quartier.Contracts.SensorThings.ValueKind;

namespace Quartier.Contracts.SensorThings;

/// <summary>The entity types of the OGC SensorThings API 1.1 (OGC 18-088, 8.2), with all properties and relations.</summary>
public static class EntityTypes
{
    private const string Mandatory = "!";
    private const string FromReadings = "*";

    /// <summary>In the order of the standard.</summary>
    public static ImmutableArray<EntityType> All { get; } =
    [
        Define(
            Thing,
            "Things",
            [("name!", Text), ("description!", Text), ("properties", Json)],
            [("Locations", Location, true, "Things"), ("HistoricalLocations", HistoricalLocation, true, "Thing"),
             ("Datastreams", EntityKind.Datastream, true, "Thing"), ("MultiDatastreams", MultiDatastream, true, "Thing")]),
        Define(
            Location,
            "Locations",
            [("name!", Text), ("description!", Text), ("encodingType!", Text), ("location!", Geometry), ("properties", Json)],
            [("Things", Thing, true, "Locations"), ("HistoricalLocations", HistoricalLocation, true, "Locations")]),
        Define(
            HistoricalLocation,
            "HistoricalLocations",
            [("time!", Instant)],
            [("Thing!", Thing, false, "HistoricalLocations"), ("Locations!", Location, true, "HistoricalLocations")]),
        Define(
            EntityKind.Datastream,
            "Datastreams",
            [("name!", Text), ("description!", Text), ("observationType!", Text), ("unitOfMeasurement!", Json), ("observedArea*", Geometry),
             ("phenomenonTime*", Interval), ("resultTime*", Interval), ("properties", Json)],
            [("Thing!", Thing, false, "Datastreams"), ("Sensor!", Sensor, false, "Datastreams"),
             ("ObservedProperty!", ObservedProperty, false, "Datastreams"), ("Observations", Observation, true, "Datastream")]),
        Define(
            MultiDatastream,
            "MultiDatastreams",
            [("name!", Text), ("description!", Text), ("observationType!", Text), ("multiObservationDataTypes!", Json), ("unitOfMeasurements!", Json),
             ("observedArea*", Geometry), ("phenomenonTime*", Interval), ("resultTime*", Interval), ("properties", Json)],
            [("Thing!", Thing, false, "MultiDatastreams"), ("Sensor!", Sensor, false, "MultiDatastreams"),
             ("ObservedProperties!", ObservedProperty, true, "MultiDatastreams"), ("Observations", Observation, true, "MultiDatastream")]),
        Define(
            Sensor,
            "Sensors",
            [("name!", Text), ("description!", Text), ("encodingType!", Text), ("metadata!", Json), ("properties", Json)],
            [("Datastreams", EntityKind.Datastream, true, "Sensor"), ("MultiDatastreams", MultiDatastream, true, "Sensor")]),
        Define(
            ObservedProperty,
            "ObservedProperties",
            [("name!", Text), ("definition!", Text), ("description!", Text), ("properties", Json)],
            [("Datastreams", EntityKind.Datastream, true, "ObservedProperty"), ("MultiDatastreams", MultiDatastream, true, "ObservedProperties")]),
        Define(
            Observation,
            "Observations",
            [("phenomenonTime", Interval), ("result!", Json), ("resultTime", Instant), ("resultQuality", Json), ("validTime", Interval), ("parameters", Json)],
            [("Datastream", EntityKind.Datastream, false, "Observations"), ("MultiDatastream", MultiDatastream, false, "Observations"),
             ("FeatureOfInterest", FeatureOfInterest, false, "Observations")]),
        Define(
            FeatureOfInterest,
            "FeaturesOfInterest",
            [("name!", Text), ("description!", Text), ("encodingType!", Text), ("feature!", Geometry), ("properties", Json)],
            [("Observations", Observation, true, "FeatureOfInterest")]),
    ];

    /// <summary>The type of the kind.</summary>
    public static EntityType Of(EntityKind kind) => All[(int)kind - 1];

    /// <summary>The type whose entity set has the name (case matters), or null.</summary>
    public static EntityType? OfSet(string setName)
    {
        foreach (var type in All)
        {
            if (string.Equals(type.SetName, setName, StringComparison.Ordinal))
            {
                return type;
            }
        }

        return null;
    }

    private static EntityType Define(
        EntityKind kind, string setName, ReadOnlySpan<(string Name, ValueKind Type)> properties, ReadOnlySpan<(string Name, EntityKind To, bool Many, string Inverse)> ways)
    {
        var all = ImmutableArray.CreateBuilder<EntityProperty>();
        all.Add(new EntityProperty("id", Whole, false, false, 0));
        foreach (var (name, type) in properties)
        {
            all.Add(new EntityProperty(Plain(name), type, Is(name, Mandatory), Is(name, FromReadings), all.Count));
        }

        var navigations = ImmutableArray.CreateBuilder<Navigation>();
        foreach (var (name, to, many, inverse) in ways)
        {
            navigations.Add(new Navigation(kind, Plain(name), to, many, inverse, Is(name, Mandatory)));
        }

        return new EntityType(kind, kind.ToString(), setName, all.ToImmutable(), navigations.ToImmutable());
    }

    private static bool Is(string name, string mark) => name.EndsWith(mark, StringComparison.Ordinal);

    private static string Plain(string name) => name.TrimEnd('!', '*');
}
