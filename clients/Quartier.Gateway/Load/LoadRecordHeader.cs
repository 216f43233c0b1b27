using System.Text.Json.Serialization;

namespace Quartier.Gateway.Load;

/// <summary>First line of a record: by which function the readings can be computed again.</summary>
/// <param name="Format">1.</param>
/// <param name="City">Second level of the topics.</param>
/// <param name="Gateways">Gateways g0, g1, …</param>
/// <param name="Sensors">Sensors s0, s1, … behind each.</param>
/// <param name="FirstIndex">Index of each sensor's first reading.</param>
/// <param name="BaseMs">Time of index 0.</param>
/// <param name="StepMs">Milliseconds between readings.</param>
/// <param name="Quality">Quality of service, 0 or 1.</param>
public sealed record LoadRecordHeader(
    [property: JsonPropertyName("format")] int Format,
    [property: JsonPropertyName("city")] string City,
    [property: JsonPropertyName("gateways")] int Gateways,
    [property: JsonPropertyName("sensors")] int Sensors,
    [property: JsonPropertyName("first_index")] long FirstIndex,
    [property: JsonPropertyName("base_ms")] long BaseMs,
    [property: JsonPropertyName("step_ms")] long StepMs,
    [property: JsonPropertyName("qos")] int Quality);
