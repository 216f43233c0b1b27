namespace Quartier.Contracts.Readings;

/// <summary>Names a datastream: <c>city/gateway/sensor/property</c>.</summary>
/// <param name="SensorKey">The sensor grain's key, <c>city/gateway/sensor</c>.</param>
/// <param name="Property">The observed property, one of the sensor's datastreams.</param>
[GenerateSerializer, Immutable, Alias("quartier.DatastreamKey")]
public readonly record struct DatastreamKey(
    [property: Id(0)] string SensorKey,
    [property: Id(1)] string Property)
{
    /// <inheritdoc/>
    public override string ToString() => $"{SensorKey}/{Property}";
}
