using Microsoft.AspNetCore.Connections;

namespace Quartier.Mqtt;

/// <summary>Where Kestrel hands over accepted sockets.</summary>
/// <param name="endpoint">The endpoint that all connections share.</param>
public sealed class MqttConnectionHandler(MqttEndpoint endpoint) : ConnectionHandler
{
    /// <inheritdoc/>
    public override Task OnConnectedAsync(ConnectionContext connection) => endpoint.ServeAsync(connection);
}
