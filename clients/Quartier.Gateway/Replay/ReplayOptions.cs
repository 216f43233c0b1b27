using Quartier.Gateway.Credentials;

namespace Quartier.Gateway.Replay;

/// <summary>How to replay.</summary>
/// <param name="Host">The silo's MQTT host.</param>
/// <param name="Port">The silo's MQTT port, 1 … 65,535.</param>
public sealed record ReplayOptions(string Host, int Port)
{
    /// <summary>Second level of every topic.</summary>
    public string City { get; init; } = "muenster";

    /// <summary>By what the gateways prove themselves.</summary>
    public GatewayCredentials Credentials { get; init; } = GatewayCredentials.None;

    /// <summary>With TLS, and whom to trust; null without TLS.</summary>
    public ServerTrust? Trust { get; init; }

    /// <summary>How many times faster than the events happened; null for as fast as it will go.</summary>
    public double? Speed { get; init; }

    /// <summary>Messages that a connection may have unacknowledged.</summary>
    public int Window { get; init; } = 1024;

    /// <summary>
    /// How far one gateway's event time may run ahead of another's at full speed: below a quarter of the shortest silence that the sample
    /// city's rules allow (2 h), so that speed alone makes nobody look silent.
    /// </summary>
    public TimeSpan Slice { get; init; } = TimeSpan.FromMinutes(30);
}
