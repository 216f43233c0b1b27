namespace Quartier.Benchmarks.Mqtt;

/// <summary>What was measured of one server.</summary>
/// <param name="ConnectionsPerSecond">CONNECT to CONNACK, sixteen at a time.</param>
/// <param name="BytesPerConnection">Resident bytes of the server for each idle connection.</param>
/// <param name="FanOutPerSecond">Deliveries a second, one publisher to a thousand subscribers.</param>
/// <param name="FanInPerSecond">Deliveries a second, a thousand publishers to one subscriber.</param>
/// <param name="Lost">Deliveries that were due and did not come.</param>
internal sealed record MqttFigures(double ConnectionsPerSecond, double BytesPerConnection, double FanOutPerSecond, double FanInPerSecond, long Lost);
