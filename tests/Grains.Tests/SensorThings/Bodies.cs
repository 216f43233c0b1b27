namespace Grains.Tests.SensorThings;

/// <summary>Bodies of entities as clients send them.</summary>
internal static class Bodies
{
    public const string Measurement = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement";
    public const string Count = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_CountObservation";
    public const string Truth = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_TruthObservation";
    public const string Category = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_CategoryObservation";
    public const string Complex = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_ComplexObservation";

    public const string Location =
        """{"name":"Lab","description":"Upstairs","encodingType":"application/geo+json","location":{"type":"Point","coordinates":[7.63,51.96]}}""";

    public const string Sensor = """{"name":"PT100","description":"Probe","encodingType":"text/html","metadata":"https://example.org/pt100"}""";

    public const string Property = """{"name":"Temperature","definition":"https://example.org/temperature","description":"Of the air"}""";

    public const string Feature =
        """{"name":"Yard","description":"Outside","encodingType":"application/geo+json","feature":{"type":"Point","coordinates":[7.64,51.96]}}""";

    public static string Thing(string name = "Oven", string more = "") => $$"""{"name":"{{name}}","description":"Bakes"{{more}}}""";

    public static string Datastream(
        string type = Measurement, string sensor = Sensor, string property = Property, string more = "", string unit = """{"name":"degree Celsius","symbol":"°C","definition":"ucum:Cel"}""") =>
        $$"""{"name":"Heat","description":"How hot?","observationType":"{{type}}","unitOfMeasurement":{{unit}},"Sensor":{{sensor}},"ObservedProperty":{{property}}{{more}}}""";

    /// <summary>A Thing with a Location and a Datastream.</summary>
    public static string Whole(string name = "Oven", string? datastream = null) =>
        Thing(name, $""","Locations":[{Location}],"Datastreams":[{datastream ?? Datastream()}]""");
}
