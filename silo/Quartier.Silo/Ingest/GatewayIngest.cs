using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Quartier.Silo.Ingest;

/// <summary>
/// Brings what gateways publish to the sensors' grains. A client that sends an API key as its password reads as the key's principal; one without
/// reads as the public. Publishing asks for no credential until gateways have their own: the endpoint listens on loopback only.
/// </summary>
internal sealed class GatewayIngest(
    IRegistry registry,
    IGrainFactory grains,
    IReadingStore store,
    RefusalCollector refusals,
    TimeProvider time,
    ClientCredentials? credentials = null,
    ReadingPorts? reading = null)
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

    /// <summary>How payloads are read.</summary>
    public SharedSchemas Schemas { get; } = new();

    /// <inheritdoc/>
    public ValueTask<ConnectDecision> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken) =>
        request.UserName is null && request.Password.IsEmpty
            ? ValueTask.FromResult(ConnectDecision.Accept(new GatewaySession(this, request.ClientId) { Purpose = request.Purpose }))
            : CheckAsync(request, cancellationToken);

    private async ValueTask<ConnectDecision> CheckAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        if (credentials is null)
        {
            return ConnectDecision.Refuse(ReasonCode.BadUserNameOrPassword, "There are no accounts here: connect without user name and password.");
        }

        var (credential, refusal) = await credentials.CheckAsync(request, cancellationToken).ConfigureAwait(false);
        return refusal ?? ConnectDecision.Accept(new GatewaySession(this, request.ClientId) { Credential = credential, Purpose = request.Purpose });
    }
}
