namespace Quartier.Mqtt.Bridges;

/// <summary>How a broker is told who comes, and for what.</summary>
/// <param name="ClientId">Names the session that outlives connections; at most 65,535 bytes.</param>
/// <param name="UserName">Null for none.</param>
/// <param name="Password">Empty for none; never shown.</param>
/// <param name="Filters">What is subscribed to, at quality of service 1; at least one.</param>
/// <param name="KeepAlive">Longest silence on the line, 1 s … 18 h.</param>
/// <param name="MaxPacketBytes">Longest packet that is taken.</param>
public sealed record BrokerSession(
    string ClientId, string? UserName, ReadOnlyMemory<byte> Password, IReadOnlyList<string> Filters, TimeSpan KeepAlive, int MaxPacketBytes)
{
    /// <summary>Names the session without its password.</summary>
    public override string ToString() => ClientId;
}
