using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Quartier.Mqtt.Admission;
using Quartier.Mqtt.Connections;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Messages;
using Quartier.Mqtt.Packets;
using Quartier.Mqtt.Sessions;
using Quartier.Mqtt.Topics;

namespace Quartier.Mqtt;

/// <summary>The MQTT server: everything that its connections share. One for each silo.</summary>
public sealed class MqttEndpoint : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly string _assignedPrefix;
    private readonly ConcurrentDictionary<MqttConnection, byte> _connections = new();
    private readonly ConcurrentDictionary<ConnectionContext, long> _lingering = new();
    private long _lastOrder;
    private long _lastAssigned;
    private int _open;
    private volatile bool _stopping;

    /// <summary>Checks the options, and brings back what the store has of sessions and retained messages.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="ingest">Who decides on clients and messages.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where the endpoint logs.</param>
    /// <param name="store">Where sessions survive a restart; null: they end with the process.</param>
    /// <exception cref="InvalidOperationException">An option is out of range.</exception>
    /// <exception cref="InvalidDataException">The store holds what this program does not understand.</exception>
    public MqttEndpoint(MqttOptions options, IMqttIngest ingest, TimeProvider time, ILogger<MqttEndpoint> logger, ISessionStore? store = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(ingest);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        _time = time;
        _started = time.GetTimestamp();
        _assignedPrefix = string.Create(CultureInfo.InvariantCulture, $"auto-{time.GetUtcNow().ToUnixTimeMilliseconds():x}-");
        Options = options;
        Ingest = ingest;
        Logger = logger;
        TopicLimits = new TopicLimits(options.MaxTopicBytes, options.MaxTopicLevels);
        Retained = new RetainedMessages(options.MaxRetainedMessages, options.MaxRetainedBytes);
        Budget = new InFlightBudget(options.MaxInFlight, options.MaxInFlightBytes);
        Addresses = new AddressBook(options, () => NowMs);
        Owners = new OwnerBook(options.MaxConnectionsPerOwner);
        Router = new MessageRouter(this);
        Shared = new SharedSubscriptions(Subscriptions, NextOrder);
        Sessions = new SessionBook(this);
        Wills = new Wills(this);
        SessionSubscriptions = new SessionSubscriptions(this);
        SystemTopics = new SystemTopics(this);
        if (store is not null)
        {
            Store = store;
            Records = new SessionRecords(ToUtcMs);
            Later = new LaterWrites(store, options.MaxLaterWrites, failure => MqttLog.RemovalNotStored(logger, failure));
            new SessionRecovery(this).Run(store);
            MqttLog.SessionsRestored(logger, Sessions.LastingCount, Retained.Count);
        }
    }

    /// <summary>What the endpoint has done, for <c>/metrics</c>.</summary>
    public MqttCounters Counters { get; } = new();

    /// <summary>Subscriptions at present.</summary>
    public int SubscriptionCount => Subscriptions.Count;

    /// <summary>Retained messages at present.</summary>
    public int RetainedCount => Retained.Count;

    /// <summary>Messages that wait to become durable at present.</summary>
    public int InFlight => Budget.Messages;

    /// <summary>Addresses from which nobody may connect at present.</summary>
    public IReadOnlyList<BannedAddress> BannedAddresses => Addresses.Banned;

    internal MqttOptions Options { get; }

    internal AddressBook Addresses { get; }

    internal OwnerBook Owners { get; }

    internal IMqttIngest Ingest { get; }

    internal ILogger Logger { get; }

    internal TimeProvider Time => _time;

    internal TopicLimits TopicLimits { get; }

    /// <summary>Sessions that outlive their connections, connected or not.</summary>
    public int LastingSessionCount => Sessions.LastingCount;

    /// <summary>Bytes of the messages that those sessions hold.</summary>
    public long QueuedBytes => Sessions.Kept.Bytes;

    /// <summary>Bytes of the wills of clients that are connected or gone.</summary>
    public long WillBytes => Wills.Bytes;

    /// <summary>Bytes of the messages that wait for the sessions that do not.</summary>
    public long PassingBytes => Sessions.Passing.Bytes;

    internal SubscriptionTree<Subscriber> Subscriptions { get; } = new();

    internal SharedSubscriptions Shared { get; }

    internal SessionBook Sessions { get; }

    internal Wills Wills { get; }

    internal SessionSubscriptions SessionSubscriptions { get; }

    internal SystemTopics SystemTopics { get; }

    /// <summary>Null when sessions end with the process.</summary>
    internal ISessionStore? Store { get; }

    /// <summary>Null when sessions end with the process.</summary>
    internal SessionRecords? Records { get; }

    /// <summary>Null when sessions end with the process.</summary>
    internal LaterWrites? Later { get; }

    internal RetainedMessages Retained { get; }

    internal InFlightBudget Budget { get; }

    /// <summary>Where what clients send is looked at.</summary>
    internal ServingLanes Lanes { get; } = new();

    internal InboundBatchPool Batches { get; } = new();

    internal MessageRouter Router { get; }

    /// <summary>Milliseconds since the endpoint was created; never goes back.</summary>
    internal long NowMs => (long)_time.GetElapsedTime(_started).TotalMilliseconds;

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z.</summary>
    internal long UtcNowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public void Dispose()
    {
        Lanes.Dispose();
        Subscriptions.Dispose();
    }

    /// <summary>Sends a message of the server's own to whoever has subscribed and may have it, at quality of service 1 or less. It is not kept.</summary>
    /// <param name="topic">A topic name in UTF-8; may be kept.</param>
    /// <param name="payload">The payload; may be kept.</param>
    public void Publish(ReadOnlyMemory<byte> topic, ReadOnlyMemory<byte> payload) => Publish(topic, payload, null, null);

    /// <summary>The same for a message of which the ingest knows already what it holds.</summary>
    /// <param name="topic">A topic name in UTF-8; may be kept.</param>
    /// <param name="payload">The payload; may be kept.</param>
    /// <param name="note">What <see cref="IIngestSession.MayReceive"/> is to find in <see cref="OutgoingMessage.Note"/>; it does not outlive the process.</param>
    /// <param name="source">Makes what it is to find in <see cref="OutgoingMessage.Source"/> when the message waited for a client longer than the process lived; null for nothing.</param>
    public void Publish(ReadOnlyMemory<byte> topic, ReadOnlyMemory<byte> payload, object? note, Func<byte[]>? source)
    {
        TopicLimits.CheckName(topic.Span);
        if (Subscriptions.Count > 0)
        {
            var publish = new IncomingPublish(topic, payload, default, 0, QualityOfService.AtLeastOnce, Retain: false, Duplicate: false);
            var message = Message.CopyOf(publish, NowMs, (long)Options.MaxMessageAge.TotalMilliseconds, source);
            message.Outgoing.Note = note;
            Router.RouteOwn(message);
        }
    }

    /// <summary>Lets a connection go on to <paramref name="next"/> when its address may have one more, and counts it until that ends.</summary>
    internal async Task GuardAsync(ConnectionContext context, Func<ConnectionContext, Task> next)
    {
        if (Addresses.Enter(context.RemoteEndPoint, out var isLogged) is not { } admitted)
        {
            Counters.ConnectionOverLimit();
            if (isLogged)
            {
                MqttLog.AddressOverLimit(Logger, context.RemoteEndPoint);
            }

            context.Abort();
            return;
        }

        context.Features.Set(admitted);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            Addresses.Leave(admitted);
        }
    }

    /// <summary>Serves one connection to its end.</summary>
    internal async Task ServeAsync(ConnectionContext context)
    {
        if (Interlocked.Increment(ref _open) > Options.MaxConnections || _stopping)
        {
            Counters.ConnectionOverLimit();
            MqttLog.TooManyConnections(Logger, context.RemoteEndPoint, Options.MaxConnections);
            context.Abort();
        }
        else
        {
            await ServeWithinLimitAsync(context).ConfigureAwait(false);
        }

        Interlocked.Decrement(ref _open);
    }

    /// <summary>A time of the endpoint's clock as others know it.</summary>
    internal long ToUtcMs(long endpointMs) => endpointMs - NowMs + UtcNowMs;

    /// <summary>A time as others know it in the endpoint's clock.</summary>
    internal long FromUtcMs(long utcMs) => utcMs - UtcNowMs + NowMs;

    /// <summary>A client identifier for a client that has none [MQTT-3.1.3-6]; never the same twice.</summary>
    internal string AssignClientId() =>
        string.Create(CultureInfo.InvariantCulture, $"{_assignedPrefix}{Interlocked.Increment(ref _lastAssigned)}");

    internal long NextOrder() => Interlocked.Increment(ref _lastOrder);

    /// <summary>The connection is being closed; a peer that does not read its last bytes is cut off after <see cref="MqttOptions.CloseTimeout"/>.</summary>
    internal void Linger(ConnectionContext context)
    {
        _lingering[context] = NowMs + (long)Options.CloseTimeout.TotalMilliseconds;
        context.ConnectionClosed.UnsafeRegister(
            static state => (((MqttEndpoint, ConnectionContext))state!).Item1._lingering.TryRemove((((MqttEndpoint, ConnectionContext))state).Item2, out _),
            (this, context));
    }

    /// <summary>Closes what has been silent for too long, ends what has expired, and says how the server is. Called periodically.</summary>
    internal async Task SweepAsync()
    {
        var nowMs = NowMs;
        foreach (var (connection, _) in _connections)
        {
            connection.CheckSilence(nowMs);
        }

        foreach (var (context, deadlineMs) in _lingering)
        {
            if (nowMs >= deadlineMs && _lingering.TryRemove(context, out _))
            {
                context.Abort();
            }
        }

        await Sessions.SweepAsync(nowMs).ConfigureAwait(false);
        await Wills.SweepAsync(nowMs).ConfigureAwait(false);
        SystemTopics.Publish(nowMs);
    }

    /// <summary>Before anybody can connect, and after the ingest can be asked.</summary>
    internal void Start() => Sessions.Start();

    /// <summary>Closes all connections, telling MQTT 5 clients why; new ones are refused from now on.</summary>
    internal void Stop()
    {
        _stopping = true;
        foreach (var (connection, _) in _connections)
        {
            connection.Abort(ReasonCode.ServerShuttingDown, "The server is stopping.");
        }
    }

    private async Task ServeWithinLimitAsync(ConnectionContext context)
    {
        var connection = new MqttConnection(this, context);
        _connections[connection] = 0;
        Counters.ConnectionOpened();
        try
        {
            await connection.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            Counters.ConnectionEnded();
            _connections.TryRemove(connection, out _);
        }
    }
}
