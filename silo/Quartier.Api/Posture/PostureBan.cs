namespace Quartier.Api.Posture;

/// <summary>An address from which nobody may connect by MQTT for a while.</summary>
/// <param name="Address">The address, or the network of an IPv6 address.</param>
/// <param name="Seconds">For how long.</param>
public sealed record PostureBan(string Address, int Seconds);
