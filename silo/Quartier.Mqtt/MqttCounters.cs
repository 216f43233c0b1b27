using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt;

/// <summary>What the endpoint has done since it started. Every member may be read at any time, from any thread.</summary>
public sealed class MqttCounters
{
    private readonly long[] _refusedConnects = new long[256];
    private readonly long[] _closedByServer = new long[256];
    private readonly long[] _refusedPublishes = new long[256];
    private long _connections;
    private long _connectionsTotal;
    private long _received;
    private long _receivedBytes;
    private long _repeated;
    private long _acknowledged;
    private long _delivered;
    private long _deliveredBytes;
    private long _undeliveredQueued;
    private long _undeliveredTooLarge;
    private long _undeliveredExpired;
    private long _withheld;
    private long _slowConsumers;
    private long _budgetWaits;
    private long _rateWaits;
    private long _retainedRefused;
    private long _overLimit;

    /// <summary>Connections at present.</summary>
    public long Connections => Volatile.Read(ref _connections);

    /// <summary>Connections ever accepted by the transport.</summary>
    public long ConnectionsTotal => Volatile.Read(ref _connectionsTotal);

    /// <summary>Connections closed at once because <see cref="MqttOptions.MaxConnections"/> or a limit of their address was reached.</summary>
    public long ConnectionsOverLimit => Volatile.Read(ref _overLimit);

    /// <summary>Messages handed to the ingest, wills included.</summary>
    public long PublishesReceived => Volatile.Read(ref _received);

    /// <summary>Bytes of topics, properties and payloads handed to the ingest.</summary>
    public long PublishedBytesReceived => Volatile.Read(ref _receivedBytes);

    /// <summary>QoS 2 messages that came again before their PUBREL, and were not handed over again.</summary>
    public long PublishesRepeated => Volatile.Read(ref _repeated);

    /// <summary>PUBACK and PUBREC sent.</summary>
    public long AcknowledgementsSent => Volatile.Read(ref _acknowledged);

    /// <summary>Messages sent to subscribers.</summary>
    public long MessagesDelivered => Volatile.Read(ref _delivered);

    /// <summary>Bytes of the packets sent to subscribers.</summary>
    public long BytesDelivered => Volatile.Read(ref _deliveredBytes);

    /// <summary>Messages that waited for a subscriber, or were due to it, when its connection ended.</summary>
    public long UndeliveredAtClose => Volatile.Read(ref _undeliveredQueued);

    /// <summary>Messages not sent because the subscriber's maximum packet size forbids it [MQTT-3.1.2-25].</summary>
    public long UndeliveredTooLarge => Volatile.Read(ref _undeliveredTooLarge);

    /// <summary>Messages whose expiry interval passed while they waited.</summary>
    public long UndeliveredExpired => Volatile.Read(ref _undeliveredExpired);

    /// <summary>Messages that matched a subscription and were not sent because the ingest does not permit the subscriber to have them.</summary>
    public long Withheld => Volatile.Read(ref _withheld);

    /// <summary>Subscribers whose queue was full: disconnected, and their sessions ended.</summary>
    public long SlowConsumers => Volatile.Read(ref _slowConsumers);

    /// <summary>Times that reading a socket stopped because an in-flight budget was used up.</summary>
    public long BudgetWaits => Volatile.Read(ref _budgetWaits);

    /// <summary>Times that reading a socket stopped because its client sent more than its rate allows.</summary>
    public long RateWaits => Volatile.Read(ref _rateWaits);

    /// <summary>Retained messages that the limits had no room for.</summary>
    public long RetainedRefused => Volatile.Read(ref _retainedRefused);

    /// <summary>Refused CONNECTs by reason; only reasons that occurred.</summary>
    public IReadOnlyList<KeyValuePair<ReasonCode, long>> RefusedConnects => NotZero(_refusedConnects);

    /// <summary>Connections that the server closed, by reason; only reasons that occurred.</summary>
    public IReadOnlyList<KeyValuePair<ReasonCode, long>> ClosedByServer => NotZero(_closedByServer);

    /// <summary>QoS 1 and 2 messages acknowledged with a failure, by reason; only reasons that occurred.</summary>
    public IReadOnlyList<KeyValuePair<ReasonCode, long>> RefusedPublishes => NotZero(_refusedPublishes);

    internal void ConnectionOpened()
    {
        Interlocked.Increment(ref _connections);
        Interlocked.Increment(ref _connectionsTotal);
    }

    internal void ConnectionEnded() => Interlocked.Decrement(ref _connections);

    internal void ConnectionOverLimit() => Interlocked.Increment(ref _overLimit);

    internal void Received(int messages, int bytes)
    {
        Interlocked.Add(ref _received, messages);
        Interlocked.Add(ref _receivedBytes, bytes);
    }

    internal void Repeated() => Interlocked.Increment(ref _repeated);

    internal void Acknowledged(int count) => Interlocked.Add(ref _acknowledged, count);

    internal void Delivered(int bytes)
    {
        Interlocked.Increment(ref _delivered);
        Interlocked.Add(ref _deliveredBytes, bytes);
    }

    internal void NotDeliveredAtClose(int count) => Interlocked.Add(ref _undeliveredQueued, count);

    internal void NotDeliveredTooLarge() => Interlocked.Increment(ref _undeliveredTooLarge);

    internal void NotDeliveredExpired(int count) => Interlocked.Add(ref _undeliveredExpired, count);

    internal void NotPermitted() => Interlocked.Increment(ref _withheld);

    internal void SlowConsumer() => Interlocked.Increment(ref _slowConsumers);

    internal void BudgetWait() => Interlocked.Increment(ref _budgetWaits);

    internal void RateWait() => Interlocked.Increment(ref _rateWaits);

    internal void RetainRefused() => Interlocked.Increment(ref _retainedRefused);

    internal void ConnectRefused(ReasonCode reason) => Interlocked.Increment(ref _refusedConnects[(byte)reason]);

    internal void Closed(ReasonCode reason) => Interlocked.Increment(ref _closedByServer[(byte)reason]);

    internal void PublishRefused(ReasonCode reason) => Interlocked.Increment(ref _refusedPublishes[(byte)reason]);

    private static List<KeyValuePair<ReasonCode, long>> NotZero(long[] counts)
    {
        var found = new List<KeyValuePair<ReasonCode, long>>();
        for (var i = 0; i < counts.Length; i++)
        {
            var count = Volatile.Read(ref counts[i]);
            if (count != 0)
            {
                found.Add(new KeyValuePair<ReasonCode, long>((ReasonCode)i, count));
            }
        }

        return found;
    }
}
