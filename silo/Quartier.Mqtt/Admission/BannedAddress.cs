using System.Net;

namespace Quartier.Mqtt.Admission;

/// <summary>An address from which nobody may connect for a while.</summary>
/// <param name="Address">An IPv4 address, or the first of the 2⁶⁴ addresses of an IPv6 network.</param>
/// <param name="Seconds">For how long it is still banned.</param>
public sealed record BannedAddress(IPAddress Address, int Seconds);
