using System.Diagnostics.CodeAnalysis;
using System.Net;
using Quartier.Api.Gateways;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Payloads;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;
using Quartier.Silo.Live;
using Quartier.Silo.SensorThings;

namespace Quartier.Silo.Ingest;

/// <summary>
/// One connected gateway. All that one read of its socket brought is decoded in place, handed to each sensor's grain in one call, and
/// acknowledged after one wait for the disk.
/// </summary>
internal sealed class GatewaySession(GatewayIngest ingest, string clientId) : IIngestSession
{
    /// <summary>Topics remembered: more than any gateway has sensors; beyond that all are looked up anew.</summary>
    private const int MaxRoutes = 20_000;

    private static readonly RefusalReason[] Reasons = Enum.GetValues<RefusalReason>();

    private readonly Dictionary<byte[], Route> _routes = new(TopicBytes.Comparer);

    private readonly RateBucket? _rate;

    private SubscriberReading? _reading;
    private LiveSubscriptions? _live;
    private EntitySubscriptions? _entities;

    private long _accessVersion;

    /// <summary>What the client has proved.</summary>
    public ClientIdentity Identity
    {
        get => field ?? ClientIdentity.Unproved;
        init
        {
            field = value;
            _rate = value.Gateway is { } gateway ? ingest.Access?.BucketOf(gateway) : null;
        }
    }

    /// <summary>Where the client connects from; null when that is not known.</summary>
    public EndPoint? Remote { get; init; }

    /// <inheritdoc/>
    public string Owner => Identity.Owner;

    /// <inheritdoc/>
    public string Standing => ClientStanding.Of(Identity, Remote);

    /// <inheritdoc/>
    public CancellationToken Ended => CredentialEnded;

    /// <summary>The purpose that the client stated when it connected; null for none.</summary>
    public string? Purpose { get; init; }

    /// <summary>Whose topics the client's are; null when they say so themselves.</summary>
    public TopicOrigin? Origin { get; init; }

    /// <summary>As whom the client reads: its key's principal, or the public.</summary>
    public Principal Principal => Identity.Principal;

    /// <summary>Cancelled the moment that the client's credential ends; never for one without.</summary>
    public CancellationToken CredentialEnded => Identity.Credential?.Ended ?? CancellationToken.None;

    /// <inheritdoc/>
    public bool MayWatchServer =>
        Principal.Has(Role.Administrator) && !CredentialEnded.IsCancellationRequested && ingest.Time.GetUtcNow().ToUnixTimeMilliseconds() < Principal.UntilMs;

    /// <inheritdoc/>
    public ValueTask Accept(ReadOnlySpan<IncomingPublish> publishes, Memory<ReasonCode> reasons)
    {
        if (CredentialEnded.IsCancellationRequested)
        {
            // The connection is being closed; what still comes, a will included, is not the gateway's any more.
            reasons.Span.Fill(ReasonCode.NotAuthorized);
            if (Identity.Gateway is { } ended)
            {
                ingest.Refusals.Add(
                    ended.City, ended.Gateway, string.Empty, RefusalReason.ForeignTopic, publishes.Length, "The gateway's credential has ended; what came after that, a will included, was not taken.");
            }

            return ValueTask.CompletedTask;
        }

        _rate?.Take(publishes.Length, 0);
        var receivedMs = ingest.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var read = SocketRead.Empty();
        var codes = reasons.Span;
        EntityPublications? entities = null;
        for (var i = 0; i < publishes.Length; i++)
        {
            if (IsEntity(publishes[i].Topic.Span))
            {
                codes[i] = ReasonCode.NoMatchingSubscribers;
                (entities ??= new(ingest.Door!, ingest.Refusals)).Add(i, publishes[i]);
                continue;
            }

            codes[i] = Decode(publishes[i], receivedMs, read);
        }

        var readings = HandOver(receivedMs, read);
        return entities is null ? readings : new ValueTask(entities.CreateAsync(Principal, clientId, reasons, readings.AsTask()));
    }

    /// <summary>Neither says which names exist: the operator sees the cause in the books.</summary>
    public ReadOnlySpan<byte> Explanation(ReasonCode reason) => reason switch
    {
        ReasonCode.NotAuthorized => "Taken are topics v1/{city}/{gateway}/{sensor} of registered sensors, from their own gateway. The cause stands in the city's books."u8,
        ReasonCode.PayloadFormatInvalid => "No reading could be taken. The cause stands in the city's books, under this gateway's refusals."u8,
        _ => default,
    };

    /// <summary>
    /// Whoever may connect may subscribe to sensors, until its credential ends: each message is judged by itself. Nothing is ever published outside
    /// of v1/ and v1.1/, so filters that match nothing below these are refused. A gateway may subscribe below its own topics alone.
    /// </summary>
    public ReasonCode MaySubscribe(string filter, QualityOfService wanted)
    {
        if (Identity.Gateway is { } own && !filter.StartsWith(own.TopicPrefix, StringComparison.Ordinal))
        {
            ingest.Refusals.Add(own.City, own.Gateway, string.Empty, RefusalReason.ForeignTopic, 1, $"The gateway asked to subscribe to '{filter}'.");
            return ReasonCode.NotAuthorized;
        }

        var level = filter.IndexOf('/') is >= 0 and var end ? filter[..end] : filter;
        if (CredentialEnded.IsCancellationRequested || ingest.Reading is not { } ports || level is not ("v1" or EntitySubscriptions.Level or "+" or "#"))
        {
            return ReasonCode.NotAuthorized;
        }

        _reading ??= new SubscriberReading(ingest, ports, Principal, Purpose, CredentialEnded);
        if (level is EntitySubscriptions.Level)
        {
            return ports.Entities is { } entities ? (_entities ??= new EntitySubscriptions(entities, Owner)).Add(filter, wanted) : ReasonCode.NotAuthorized;
        }

        if (ports.Live is { } topics)
        {
            (_live ??= new LiveSubscriptions(topics)).Add(filter);
        }

        return (ReasonCode)(byte)wanted;
    }

    /// <inheritdoc/>
    public void Unsubscribed(string filter) => _entities?.Remove(filter);

    /// <inheritdoc/>
    public ValueTask<bool> MayReceive(OutgoingMessage message, string? purpose) =>
        _reading?.MayReceive(message, purpose) ?? ValueTask.FromResult(false);

    /// <inheritdoc/>
    public TimeSpan ReadingPause(long bytes)
    {
        _rate?.Take(0, bytes);
        return _rate?.Debt() ?? TimeSpan.Zero;
    }

    /// <inheritdoc/>
    public void Closed()
    {
        _routes.Clear();
        _reading?.Dispose();
        _live?.Dispose();
        _entities?.Dispose();
        Identity.Credential?.Dispose();
    }

    /// <summary>A gateway stays within its own topics, and what a bridge fetched belongs to the bridge's gateway, however its topic begins.</summary>
    private bool IsEntity(ReadOnlySpan<byte> topic) =>
        ingest.Door is not null && Origin is null && Identity.Gateway is null && EntityPublications.IsTopic(topic);

    private ReasonCode Decode(in IncomingPublish publish, long receivedMs, SocketRead read)
    {
        if (Find(publish.Topic.Span, out var reason) is not { } route)
        {
            return reason;
        }

        if (publish is { Retain: true, Payload.IsEmpty: true })
        {
            return ReasonCode.Success; // It takes the topic's retained message away [MQTT-3.3.1-6], and holds no reading.
        }

        var result = route.Reader is { } reader
            ? reader.Decode(publish.Payload.Span, receivedMs, read.Samples)
            : PayloadDecoder.Decode(publish.Payload.Span, route.Schema, receivedMs, read.Samples);
        if (result.Samples > 0)
        {
            read.Add(route, result.Samples);
        }

        return result.Refused == 0 ? ReasonCode.Success : NoteRefusals(route.Topic, result, read.Samples);
    }

    /// <summary>Where the messages of a topic go; null, with what the client is told, when they go nowhere.</summary>
    private Route? Find(ReadOnlySpan<byte> topic, out ReasonCode reason)
    {
        reason = ReasonCode.Success;
        ForgetWhenAccessChanged();
        var routes = _routes.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (routes.TryGetValue(topic, out var route) && ReferenceEquals(ingest.Registry.Find(route.Topic.City), route.Topic.Snapshot))
        {
            return route;
        }

        var found = SensorTopic.Of(topic, ingest.Registry, Origin);
        if (found.Refusal is { } refusal)
        {
            reason = ReasonCode.NotAuthorized;
            routes.Remove(topic);
            var gateway = found.Gateway.Length == 0 ? clientId : found.Gateway;
            var (city, by) = Identity.Gateway is { } own ? (own.City, own.Gateway) : (found.City, gateway);
            ingest.Refusals.Add(city, by, found.Sensor, refusal, 1, found.Detail);
            return null;
        }

        if (IsForeign(found))
        {
            reason = ReasonCode.NotAuthorized;
            return null;
        }

        return found.Target is { IsIgnored: true } ? null : Remember(topic, found);
    }

    /// <summary>A gateway's refusals stand in its own books, whatever it named; those of others under the gateway for which they spoke.</summary>
    private bool IsForeign(SensorTopic topic)
    {
        if (Origin is not null)
        {
            return false; // The silo itself fetched the message, for the gateway that the bridge's settings name.
        }

        var named = new GatewayName(topic.City, topic.Gateway);
        if (Identity.Gateway is { } own)
        {
            if (own == named)
            {
                return false;
            }

            ingest.Refusals.Add(own.City, own.Gateway, string.Empty, RefusalReason.ForeignTopic, 1, $"The gateway published to v1/{named}/{topic.Sensor}.");
            return true;
        }

        if (ingest.Access?.ObjectionToUnproved(named, Remote) is not { } objection)
        {
            return false;
        }

        ingest.Refusals.Add(topic.City, topic.Gateway, topic.Sensor, RefusalReason.ForeignTopic, 1, objection);
        return true;
    }

    private void ForgetWhenAccessChanged()
    {
        if (ingest.Access?.Version is { } version && version != _accessVersion)
        {
            _accessVersion = version;
            _routes.Clear();
        }
    }

    private Route Remember(ReadOnlySpan<byte> topic, SensorTopic found)
    {
        if (_routes.Count >= MaxRoutes)
        {
            _routes.Clear();
        }

        var route = new Route(found, ingest.Grains.GetGrain<ISensorGrain>(found.Key), ingest.Schemas.Of(found.Definition!), ingest.Schemas.ReaderOf(found));
        _routes[topic.ToArray()] = route;
        return route;
    }

    private ReasonCode NoteRefusals(SensorTopic topic, in DecodeResult result, SampleBuffer samples)
    {
        foreach (var reason in Reasons)
        {
            if (samples.RefusedFor(reason) is > 0 and var count)
            {
                ingest.Refusals.Add(topic.City, topic.Gateway, topic.Sensor, reason, count, samples.DetailFor(reason) ?? string.Empty);
            }
        }

        samples.ClearRefusals();
        return result.Samples == 0 ? ReasonCode.PayloadFormatInvalid : ReasonCode.Success;
    }

    private ValueTask HandOver(long receivedMs, SocketRead read)
    {
        long ticket = 0;
        List<Task<long>>? waiting = null;
        foreach (var route in read.Routes)
        {
            var batch = new SampleBatch(route.Topic.Snapshot!.Version, receivedMs, read.Take(route));
            if (TimelessReadings.AreIn(route, batch))
            {
                (waiting ??= []).Add(new TimelessReadings(ingest, route, batch).TicketAsync());
                continue;
            }

            var receipt = route.Grain.Ingest(batch);
            if (Completed(receipt) is { } done && Delivery.IsTaken(done))
            {
                ticket = Math.Max(ticket, done.Ticket);
            }
            else
            {
                (waiting ??= []).Add(new Delivery(ingest, route.Topic, batch, receipt).TicketAsync());
            }
        }

        return waiting is null ? ingest.Store.WhenDurable(ticket) : FinishAsync(waiting, ticket);
    }

    /// <summary>What a grain answered at once, which it nearly always does; null when it must be waited for.</summary>
    [SuppressMessage("Usage", "VSTHRD002", Justification = "Only the result of a task that has completed is taken: nothing waits.")]
    private static IngestReceipt? Completed(Task<IngestReceipt> receipt) => receipt.IsCompletedSuccessfully ? receipt.Result : null;

    private async ValueTask FinishAsync(List<Task<long>> waiting, long ticket)
    {
        var last = await Task.WhenAll(waiting).ConfigureAwait(false);
        ticket = Math.Max(ticket, last.Max());
        await ingest.Store.WhenDurable(ticket).ConfigureAwait(false);
    }
}
