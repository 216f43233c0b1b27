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
    public static partial void ClosedByServer(ILogger logger, Exception? failure, string client, EndPoint? remote, ReasonCode reason, string explanation);

    [LoggerMessage(2002, LogLevel.Information, "CONNECT of {Client} from {Remote} refused: {Reason}. {Explanation}")]
    public static partial void ConnectRefused(ILogger logger, string client, EndPoint? remote, ReasonCode reason, string explanation);

    [LoggerMessage(2003, LogLevel.Error, "Connection of {Client} from {Remote} closed: messages could not be made safe; they are not acknowledged.")]
    public static partial void IngestFailed(ILogger logger, Exception failure, string client, EndPoint? remote);

    [LoggerMessage(2004, LogLevel.Error, "Connection of {Client} from {Remote} failed.")]
    public static partial void ConnectionFailed(ILogger logger, Exception failure, string client, EndPoint? remote);

    [LoggerMessage(2005, LogLevel.Error, "The will of {Client} could not be published; it is tried again for a day, also after a restart.")]
    public static partial void WillFailed(ILogger logger, Exception failure, string client);

    [LoggerMessage(2006, LogLevel.Error, "The sweep for silent connections failed; it will be tried again.")]
    public static partial void SweepFailed(ILogger logger, Exception failure);

    [LoggerMessage(2007, LogLevel.Error, "Whether {Client} may get a message could not be decided; it is not sent.")]
    public static partial void NotDecided(ILogger logger, Exception failure, string client);

    [LoggerMessage(2008, LogLevel.Error, "What belongs to the session of {Client} could not be stored; nothing that depends on it is acknowledged.")]
    public static partial void SessionNotStored(ILogger logger, Exception failure, string client);

    [LoggerMessage(2009, LogLevel.Error, "The session store refused to remove what is done with; it will be sent or removed again.")]
    public static partial void RemovalNotStored(ILogger logger, Exception failure);

    [LoggerMessage(2010, LogLevel.Warning, "The session of {Client} ends: more messages wait for it than the limits allow, and a gap would go unseen.")]
    public static partial void SessionOverflowed(ILogger logger, string client);

    [LoggerMessage(2011, LogLevel.Information, "{Sessions} sessions and {Retained} retained messages of the last run are back.")]
    public static partial void SessionsRestored(ILogger logger, int sessions, int retained);

    [LoggerMessage(2012, LogLevel.Warning, "Connections from {Remote} are closed at once: too many, too many without CONNECT, or too fast. Further ones are logged once a minute.")]
    public static partial void AddressOverLimit(ILogger logger, EndPoint? remote);

    [LoggerMessage(2013, LogLevel.Debug, "The WebSocket of {Remote} broke off.")]
    public static partial void WebSocketBroken(ILogger logger, Exception failure, EndPoint? remote);

    [LoggerMessage(2014, LogLevel.Information, "The will of {Client}, whom an earlier run lost, is not published: {Reason}. {Explanation}")]
    public static partial void WillRefused(ILogger logger, string client, ReasonCode reason, string explanation);
}
