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

    /// <summary>
    /// Decides on a client that an earlier run of the server lost and that left a will: by what it may now, not then. The session that is answered gets one call of
    /// <see cref="IIngestSession.Accept"/> and is closed; no connection belongs to it. Who refuses notes the refusal where others are noted: there is nobody to tell.
    /// Called from any thread, with the time limit of <see cref="ConnectAsync"/>; when it fails it is asked again.
    /// </summary>
    ValueTask<ConnectDecision> ReturnAsync(LostClient client, CancellationToken cancellationToken);

    /// <summary>
    /// A lasting session without a client waits for what its subscription brings at quality of service 1 or 2: what the ingest itself publishes for the filter
    /// (<see cref="MqttEndpoint.Publish(ReadOnlyMemory{byte}, ReadOnlyMemory{byte})"/>) is to go on until the answer is disposed. Called before <see cref="IIngestSession.Closed"/> of the client that has gone, and
    /// disposed after <see cref="IIngestSession.MaySubscribe"/> of the one that comes back, so that there is no gap between them; after a restart called before the endpoint listens. Must not block.
    /// </summary>
    /// <param name="owner">Whose session it is (<see cref="IIngestSession.Owner"/>).</param>
    /// <param name="filter">The topic filter, without the name of a shared subscription.</param>
    /// <returns>Null when the ingest publishes nothing for the filter.</returns>
    IDisposable? Expect(string owner, string filter);
}
