namespace Quartier.Client;

/// <summary>Names a datastream.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Gateway">Id of the gateway.</param>
/// <param name="Sensor">Id of the sensor.</param>
/// <param name="Property">The property.</param>
public readonly record struct DatastreamPath(string City, string Gateway, string Sensor, string Property);
