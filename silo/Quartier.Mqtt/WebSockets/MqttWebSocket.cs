using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace Quartier.Mqtt.WebSockets;

/// <summary>MQTT over WebSocket (section 6): a request that asks for it becomes a connection of the endpoint like any other.</summary>
internal static class MqttWebSocket
{
    /// <summary>The subprotocol's name [MQTT-6.0.0-3, MQTT-6.0.0-4].</summary>
    public const string Subprotocol = "mqtt";

    /// <summary>Serves the WebSocket to its end; a request that is none is answered with what is expected.</summary>
    public static Task ServeAsync(HttpContext http, MqttEndpoint endpoint)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.Headers.Upgrade = "websocket";
            return RefuseAsync(http, StatusCodes.Status426UpgradeRequired, "MQTT is spoken here over WebSocket, with the subprotocol 'mqtt'.");
        }

        if (!http.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol, StringComparer.Ordinal))
        {
            return RefuseAsync(http, StatusCodes.Status400BadRequest, "The WebSocket must ask for the subprotocol 'mqtt' (Sec-WebSocket-Protocol).");
        }

        return IsForeign(http)
            ? RefuseAsync(http, StatusCodes.Status403Forbidden, "Pages of other origins may not connect here.")
            : endpoint.GuardAsync(new WebSocketConnection(http), context => RunAsync((WebSocketConnection)context, endpoint));
    }

    private static async Task RunAsync(WebSocketConnection connection, MqttEndpoint endpoint)
    {
        using var socket = await connection.Http.WebSockets.AcceptWebSocketAsync(Subprotocol).ConfigureAwait(false);
        var pumping = connection.PumpAsync(socket);
        await endpoint.ServeAsync(connection).ConfigureAwait(false);
        try
        {
            await pumping.ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is WebSocketException or IOException or OperationCanceledException)
        {
            // The peer or the network has gone, as with any other transport.
            MqttLog.WebSocketBroken(endpoint.Logger, broken, connection.RemoteEndPoint);
        }
        finally
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Browsers let a page of any origin open a WebSocket to anywhere, and say which it was: one that is not of this server would speak with the rights of whoever
    /// looks at it, such as those of programs on this machine.
    /// </summary>
    private static bool IsForeign(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        return origin.Length > 0 && !string.Equals(origin, $"{http.Request.Scheme}://{http.Request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }

    private static Task RefuseAsync(HttpContext http, int status, string detail)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(detail, http.RequestAborted);
    }
}
