namespace Quartier.Api.SensorThings.Root;

/// <summary>The requirements classes that are met (OGC 18-088, 7 and 9.2.1), as far as this server has been tested for them.</summary>
internal static class Conformance
{
    private const string Base = "http://www.opengis.net/spec/iot_sensing/1.1/req/";

    /// <summary>What is created, changed and deleted over HTTP.</summary>
    public static IReadOnlyList<string> Writing { get; } =
    [
        Base + "create-update-delete/create-entity",
        Base + "create-update-delete/link-to-existing-entities",
        Base + "create-update-delete/deep-insert",
        Base + "create-update-delete/deep-insert-status-code",
        Base + "create-update-delete/update-entity",
        Base + "create-update-delete/delete-entity",
        Base + "create-update-delete/historical-location-auto-creation",
        Base + "batch-request/batch-request",
    ];

    /// <summary>What is done over MQTT: Observations, and entities besides, are created (14.1), and the four kinds of subscription are told of changes (14.2).</summary>
    public static IReadOnlyList<string> OverMqtt { get; } =
    [
        Base + "create-observations-via-mqtt/observations-creation",
        Base + "receive-updates-via-mqtt/receive-updates",
    ];

    /// <summary>What is read over HTTP.</summary>
    public static IReadOnlyList<string> Reading { get; } =
    [
        Base + "datamodel",
        Base + "datamodel/thing/properties",
        Base + "datamodel/thing/relations",
        Base + "datamodel/location/properties",
        Base + "datamodel/location/relations",
        Base + "datamodel/historical-location/properties",
        Base + "datamodel/historical-location/relations",
        Base + "datamodel/datastream/properties",
        Base + "datamodel/datastream/relations",
        Base + "datamodel/sensor/properties",
        Base + "datamodel/sensor/relations",
        Base + "datamodel/observed-property/properties",
        Base + "datamodel/observed-property/relations",
        Base + "datamodel/observation/properties",
        Base + "datamodel/observation/relations",
        Base + "datamodel/feature-of-interest/properties",
        Base + "datamodel/feature-of-interest/relations",
        Base + "datamodel/entity-control-information/common-control-information",
        Base + "resource-path/resource-path-to-entities",
        Base + "request-data",
        Base + "request-data/order",
        Base + "request-data/expand",
        Base + "request-data/select",
        Base + "request-data/status-code",
        Base + "request-data/query-status-code",
        Base + "request-data/orderby",
        Base + "request-data/top",
        Base + "request-data/skip",
        Base + "request-data/count",
        Base + "request-data/filter",
        Base + "request-data/built-in-filter-operations",
        Base + "request-data/built-in-query-functions",
        Base + "request-data/pagination",
        Base + "multi-datastream",
        Base + "data-array/data-array",
    ];
}
