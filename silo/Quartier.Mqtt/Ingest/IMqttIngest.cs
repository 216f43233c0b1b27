namespace Quartier.Mqtt.Ingest;

/// <summary>
/// The port behind which published messages go: the silo implements it. The endpoint knows MQTT, the ingest knows who may
/// connect, what a topic means and when a message is safe.
/// </summary>
public interface IMqttIngest
{
    /// <summary>
    /// Decides on a CONNECT that is well-formed. Called once a connection, before CONNACK, from any thread. Must answer within
    /// <see cref="MqttOptions.ConnectTimeout"/>; the token is cancelled when the client has gone or the time is over.
    /// </summary>
    ValueTask<ConnectDecision> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken);
}
