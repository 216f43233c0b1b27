using System.Diagnostics.CodeAnalysis;
using Quartier.Api.Accounts;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Payloads;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

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

    private SubscriberReading? _reading;

    /// <summary>What the client proved; null when it sent no credential. Ends with the session.</summary>
    public WatchedCredential? Credential { get; init; }

    /// <summary>The purpose that the client stated when it connected; null for none.</summary>
    public string? Purpose { get; init; }

    /// <summary>As whom the client reads: its key's principal, or the public.</summary>
    public Principal Principal => Credential?.Principal ?? Principal.Public;

    /// <summary>Cancelled the moment that the client's credential ends; never for one without.</summary>
    public CancellationToken CredentialEnded => Credential?.Ended ?? CancellationToken.None;

    /// <inheritdoc/>
    public string Owner => Principal.Reference;

    /// <inheritdoc/>
    public bool MayWatchServer =>
        Principal.Has(Role.Administrator) && !CredentialEnded.IsCancellationRequested && ingest.Time.GetUtcNow().ToUnixTimeMilliseconds() < Principal.UntilMs;

    /// <inheritdoc/>
    public ValueTask Accept(ReadOnlySpan<IncomingPublish> publishes, Memory<ReasonCode> reasons)
    {
        var receivedMs = ingest.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var read = SocketRead.Empty();
        var codes = reasons.Span;
        for (var i = 0; i < publishes.Length; i++)
        {
            codes[i] = Decode(publishes[i], receivedMs, read);
        }

        return HandOver(receivedMs, read);
    }

    /// <summary>
    /// Whoever may connect may subscribe to sensors, until its credential ends: each message is judged by itself. Nothing is ever published outside
    /// of v1/, so filters that match nothing below it are refused.
    /// </summary>
    public ReasonCode MaySubscribe(string filter, QualityOfService wanted)
    {
        var level = filter.IndexOf('/') is >= 0 and var end ? filter[..end] : filter;
        if (CredentialEnded.IsCancellationRequested || ingest.Reading is not { } ports || level is not ("v1" or "+" or "#"))
        {
            return ReasonCode.NotAuthorized;
        }

        _reading ??= new SubscriberReading(ingest, ports, Principal, Purpose, CredentialEnded);
        return (ReasonCode)(byte)wanted;
    }

    /// <inheritdoc/>
    public ValueTask<bool> MayReceive(OutgoingMessage message, string? purpose) =>
        _reading?.MayReceive(message, purpose) ?? ValueTask.FromResult(false);

    /// <inheritdoc/>
    public void Closed()
    {
        _routes.Clear();
        _reading?.Dispose();
        Credential?.Dispose();
    }

    private ReasonCode Decode(in IncomingPublish publish, long receivedMs, SocketRead read)
    {
        var route = Find(publish.Topic.Span);
        if (route is null)
        {
            return ReasonCode.NotAuthorized;
        }

        var result = PayloadDecoder.Decode(publish.Payload.Span, route.Schema, receivedMs, read.Samples);
        if (result.Samples > 0)
        {
            read.Add(route, result.Samples);
        }

        return result.Refused == 0 ? ReasonCode.Success : NoteRefusals(route.Topic, result, read.Samples);
    }

    private Route? Find(ReadOnlySpan<byte> topic)
    {
        var routes = _routes.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (routes.TryGetValue(topic, out var route) && ReferenceEquals(ingest.Registry.Find(route.Topic.City), route.Topic.Snapshot))
        {
            return route;
        }

        var found = SensorTopic.Of(topic, ingest.Registry);
        if (found.Refusal is { } refusal)
        {
            routes.Remove(topic);
            var gateway = found.Gateway.Length == 0 ? clientId : found.Gateway;
            ingest.Refusals.Add(found.City, gateway, found.Sensor, refusal, 1, found.Detail);
            return null;
        }

        return Remember(topic, found);
    }

    private Route Remember(ReadOnlySpan<byte> topic, SensorTopic found)
    {
        if (_routes.Count >= MaxRoutes)
        {
            _routes.Clear();
        }

        var route = new Route(found, ingest.Grains.GetGrain<ISensorGrain>(found.Key), ingest.Schemas.Of(found.Definition!));
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
