using Quartier.Gateway.Credentials;
using Quartier.Gateway.Mqtt;

namespace Quartier.Gateway.Load;

/// <summary>A load test.</summary>
/// <param name="Host">The silo's MQTT host.</param>
/// <param name="Port">The silo's MQTT port, 1 … 65,535.</param>
public sealed record LoadOptions(string Host, int Port)
{
    /// <summary>2025-07-01T00:00:00Z: in the past of every clock, and within the load city's retention.</summary>
    public const long DefaultBaseMs = 1_751_328_000_000;

    /// <summary>Second level of every topic; the city of <see cref="LoadCity"/>.</summary>
    public string City { get; init; } = LoadCity.Id;

    /// <summary>By what the gateways prove themselves.</summary>
    public GatewayCredentials Credentials { get; init; } = GatewayCredentials.None;

    /// <summary>With TLS, and whom to trust; null without TLS.</summary>
    public ServerTrust? Trust { get; init; }

    /// <summary>Connections, at least 1.</summary>
    public int Gateways { get; init; } = 100;

    /// <summary>Sensors behind each gateway, at least 1.</summary>
    public int Sensors { get; init; } = 10;

    /// <summary>Messages per second over all gateways; null for as many as are acknowledged.</summary>
    public double? Rate { get; init; }

    /// <summary>At a rate: messages that fall due together in a gateway, as in one that asks its sensors in turn and then sends, at least 1.</summary>
    public int Burst { get; init; } = 1;

    /// <summary>Messages in one write; 1 for a message a segment.</summary>
    public int MessagesPerWrite { get; init; } = 64;

    /// <summary>Unacknowledged messages of one connection.</summary>
    public int Window { get; init; } = 256;

    /// <summary>False for quality of service 0.</summary>
    public bool Acknowledged { get; init; } = true;

    /// <summary>Protocol version.</summary>
    public MqttVersion Version { get; init; } = MqttVersion.V5;

    /// <summary>How long messages are offered.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the last acknowledgements are waited for afterwards.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Index of each sensor's first reading: a second run continues the first with it.</summary>
    public long FirstIndex { get; init; }

    /// <summary>What the sensors send.</summary>
    public LoadSequence Sequence { get; init; } = new(DefaultBaseMs, StepMs: 1000);

    /// <summary>What goes wrong.</summary>
    public LoadFaults Faults { get; init; } = new();

    /// <summary>Seed of the faults.</summary>
    public int Seed { get; init; } = 1;
}
