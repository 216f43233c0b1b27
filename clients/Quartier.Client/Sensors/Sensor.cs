namespace Quartier.Client.Sensors;

/// <summary>A sensor with its live values.</summary>
/// <param name="Gateway">Id of its gateway.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="District">Id of its district.</param>
/// <param name="Office">Id of its office.</param>
/// <param name="Asset">Id of the asset on which it is mounted, or null.</param>
/// <param name="Location">Longitude and latitude (WGS 84), or null.</param>
/// <param name="Datastreams">What it observes.</param>
public sealed record Sensor(
    string Gateway,
    string Id,
    string Name,
    string District,
    string Office,
    string? Asset,
    IReadOnlyList<double>? Location,
    IReadOnlyList<Datastream> Datastreams);
