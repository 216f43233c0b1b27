using System.Net;
using Microsoft.Extensions.Logging;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt;

/// <summary>What the endpoint logs. Event ids 2000 … 2099; passwords and payloads never appear.</summary>
internal static partial class MqttLog
{
    [LoggerMessage(2000, LogLevel.Warning, "Connection from {Remote} closed at once: the limit of {Limit} connections is reached or the server is stopping.")]
    public static partial void TooManyConnections(ILogger logger, EndPoint? remote, int limit);

    [LoggerMessage(2001, LogLevel.Information, "Connection of {Client} from {Remote} closed: {Reason}. {Explanation}")]
    public static partial void ClosedByServer(ILogger logger, string client, EndPoint? remote, ReasonCode reason, string explanation);

    [LoggerMessage(2002, LogLevel.Information, "CONNECT of {Client} from {Remote} refused: {Reason}. {Explanation}")]
    public static partial void ConnectRefused(ILogger logger, string client, EndPoint? remote, ReasonCode reason, string explanation);

    [LoggerMessage(2003, LogLevel.Error, "Connection of {Client} from {Remote} closed: messages could not be made safe; they are not acknowledged.")]
    public static partial void IngestFailed(ILogger logger, Exception failure, string client, EndPoint? remote);

    [LoggerMessage(2004, LogLevel.Error, "Connection of {Client} from {Remote} failed.")]
    public static partial void ConnectionFailed(ILogger logger, Exception failure, string client, EndPoint? remote);

    [LoggerMessage(2005, LogLevel.Error, "The will of {Client} could not be published.")]
    public static partial void WillFailed(ILogger logger, Exception failure, string client);

    [LoggerMessage(2006, LogLevel.Error, "The sweep for silent connections failed; it will be tried again.")]
    public static partial void SweepFailed(ILogger logger, Exception failure);

    [LoggerMessage(2007, LogLevel.Error, "Whether {Client} may get a message could not be decided; it is not sent.")]
    public static partial void NotDecided(ILogger logger, Exception failure, string client);

    [LoggerMessage(2008, LogLevel.Warning, "Connections from {Remote} are closed at once: too many, too many without CONNECT, or too fast. Further ones are logged once a minute.")]
    public static partial void AddressOverLimit(ILogger logger, EndPoint? remote);

    [LoggerMessage(2009, LogLevel.Debug, "The WebSocket of {Remote} broke off.")]
    public static partial void WebSocketBroken(ILogger logger, Exception failure, EndPoint? remote);
}
