using Quartier.Api.SensorThings.Subscriptions;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;
using Quartier.Silo.Live;
using Quartier.Silo.SensorThings;

namespace Quartier.Silo.Ingest;

/// <summary>
/// Brings what gateways publish to the sensors' grains. A gateway proves itself by its own password or certificate, and publishes below its own topics alone; a client that
/// sends an API key reads as the key's principal. Who sends nothing may connect where <see cref="GatewayAccess"/> says so, and reads as the public.
/// </summary>
internal sealed class GatewayIngest(
    IRegistry registry,
    IGrainFactory grains,
    IReadingStore store,
    RefusalCollector refusals,
    TimeProvider time,
    ClientCredentials? credentials = null,
    ReadingPorts? reading = null,
    GatewayAccess? access = null,
    EntityDoor? door = null)
    : IMqttIngest
{
    /// <summary>What is registered.</summary>
    public IRegistry Registry => registry;

    /// <summary>Where sensors are found.</summary>
    public IGrainFactory Grains => grains;

    /// <summary>Who knows when a reading is on the disk.</summary>
    public IReadingStore Store => store;

    /// <summary>Where refusals are noted.</summary>
    public RefusalCollector Refusals => refusals;

    /// <summary>The silo's clock.</summary>
    public TimeProvider Time => time;

    /// <summary>What subscribers are judged by; null where nobody may subscribe.</summary>
    public ReadingPorts? Reading => reading;

    /// <summary>Who may publish for which gateway; null where everybody may, which only tests have.</summary>
    public GatewayAccess? Access => access;

    /// <summary>Where entities of the SensorThings API are created; null where none are.</summary>
    public EntityDoor? Door => door;

    /// <summary>How payloads are read.</summary>
    public SharedSchemas Schemas { get; } = new();

    /// <inheritdoc/>
    public ValueTask<ConnectDecision> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        if (ClientCredentials.IsSent(request))
        {
            return CheckAsync(request, cancellationToken);
        }

        return ValueTask.FromResult(access?.MayBeUnproved(request.RemoteEndPoint) == false
            ? ConnectDecision.Refuse(
                ReasonCode.NotAuthorized, "Clients prove themselves here: as a gateway with its certificate or password, or with an API key as the password.")
            : ConnectDecision.Accept(Session(request, ClientIdentity.Unproved)));
    }

    /// <inheritdoc/>
    /// <remarks>A client without any proof is judged by the topic of its will, like every publication of one.</remarks>
    public async ValueTask<ConnectDecision> ReturnAsync(LostClient client, CancellationToken cancellationToken)
    {
        if (ClientStanding.AddressOf(client.Standing) is var (isUnproved, remote) && isUnproved)
        {
            return ConnectDecision.Accept(new GatewaySession(this, client.ClientId) { Identity = ClientIdentity.Unproved, Remote = remote });
        }

        var (identity, objection) = credentials is null
            ? (null, "There are no accounts here any more.")
            : await credentials.FindAgainAsync(client, cancellationToken).ConfigureAwait(false);
        if (identity is not null)
        {
            return ConnectDecision.Accept(new GatewaySession(this, client.ClientId) { Identity = identity });
        }

        var (city, gateway) = ClientStanding.BooksOf(client);
        refusals.Add(city, gateway, string.Empty, RefusalReason.ForeignTopic, 1, $"The will of '{client.ClientId}' was not published: {objection}");
        return ConnectDecision.Refuse(ReasonCode.NotAuthorized, objection);
    }

    /// <inheritdoc/>
    public IDisposable? Expect(string owner, string filter)
    {
        if (EntitySubscriptions.IsTopic(filter))
        {
            // Those of entities are judged when they are made, and wait for nobody.
            var entities = reading?.Entities is { } topics && SubscribedTopics.IsOfObservations(filter) ? new EntitySubscriptions(topics, owner) : null;
            return entities?.Add(filter, QualityOfService.AtLeastOnce) is < ReasonCode.UnspecifiedError ? entities : null;
        }

        if (reading?.Live is not { } cities || !cities.CitiesOf(filter).Any())
        {
            return null;
        }

        var live = new LiveSubscriptions(cities);
        live.Add(filter);
        return live;
    }

    private async ValueTask<ConnectDecision> CheckAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        if (credentials is null)
        {
            return ConnectDecision.Refuse(ReasonCode.BadUserNameOrPassword, "There are no accounts here: connect without user name and password.");
        }

        var (identity, refusal) = await credentials.CheckAsync(request, cancellationToken).ConfigureAwait(false);
        return refusal ?? ConnectDecision.Accept(Session(request, identity!));
    }

    private GatewaySession Session(ConnectRequest request, ClientIdentity identity) =>
        new(this, request.ClientId) { Identity = identity, Remote = request.RemoteEndPoint, Purpose = request.Purpose };
}
