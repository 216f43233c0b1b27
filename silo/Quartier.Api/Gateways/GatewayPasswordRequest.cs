namespace Quartier.Api.Gateways;

/// <summary>A new password for a gateway.</summary>
/// <param name="Password">One that somebody chose, because devices in the field have it; absent to have one made.</param>
internal sealed record GatewayPasswordRequest(string? Password);
