using Quartier.Gateway.Credentials;

namespace Quartier.Gateway.Mqtt;

/// <summary>How a gateway's connection behaves.</summary>
/// <param name="Host">Name or address of the silo.</param>
/// <param name="Port">1 … 65,535.</param>
/// <param name="ClientId">The gateway's identity.</param>
public sealed record MqttPublisherOptions(string Host, int Port, string ClientId)
{
    /// <summary>The largest window: packet ids are 16 bit and 0 is not one [MQTT-2.2.1-3].</summary>
    public const int LargestWindow = 65_535;

    /// <summary>By what the gateway proves itself.</summary>
    public GatewayCredential Credential { get; init; } = GatewayCredential.None;

    /// <summary>With TLS, and whom to trust; null without TLS.</summary>
    public ServerTrust? Trust { get; init; }

    /// <summary>Default: 5, because only then a refusal reaches the gateway.</summary>
    public MqttVersion Version { get; init; } = MqttVersion.V5;

    /// <summary>False: quality of service 0, sent once and never acknowledged. Default: true, quality of service 1.</summary>
    public bool Acknowledged { get; init; } = true;

    /// <summary>Messages that may wait for their acknowledgement, 1 … 65,535; the server's Receive Maximum lowers it.</summary>
    public int Window { get; init; } = 256;

    /// <summary>Messages collected before the socket is written, at least 1; <see cref="MqttPublisher.FlushAsync"/> writes earlier.</summary>
    public int MessagesPerWrite { get; init; } = 64;

    /// <summary>Seconds of silence after which the client pings at the latest; 2 … 65,535.</summary>
    public int KeepAliveSeconds { get; init; } = 60;

    /// <summary>Wait after the first failed attempt; doubled with each further one.</summary>
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest wait between attempts: short enough to find a restarted silo at once.</summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long <see cref="MqttPublisher.ConnectAsync"/> keeps trying before it gives up.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
