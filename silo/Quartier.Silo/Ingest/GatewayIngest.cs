using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Mqtt.Ingest;

namespace Quartier.Silo.Ingest;

/// <summary>
/// Brings what gateways publish to the sensors' grains. Who connects is not asked yet: the endpoint listens on loopback only until
/// gateways have credentials of their own.
/// </summary>
internal sealed class GatewayIngest(
    IRegistry registry, IGrainFactory grains, IReadingStore store, RefusalCollector refusals, TimeProvider time)
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

    /// <summary>How payloads are read.</summary>
    public SharedSchemas Schemas { get; } = new();

    /// <inheritdoc/>
    public ValueTask<ConnectDecision> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ConnectDecision.Accept(new GatewaySession(this, request.ClientId)));
}
