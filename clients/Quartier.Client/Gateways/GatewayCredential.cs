namespace Quartier.Client.Gateways;

/// <summary>What the server keeps of a gateway's credential.</summary>
/// <param name="Id">By which it is revoked; of a certificate its serial number.</param>
/// <param name="Kind"><c>password</c> or <c>certificate</c>.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Until">When it ends; null for a password.</param>
/// <param name="Revoked">When it was revoked or replaced; null while it is not.</param>
/// <param name="LastUsed">The day (UTC) on which it was last used; null when never.</param>
/// <param name="State"><c>valid</c>, <c>revoked</c> or <c>expired</c>.</param>
public sealed record GatewayCredential(
    string Id, string Kind, DateTimeOffset Created, DateTimeOffset? Until, DateTimeOffset? Revoked, string? LastUsed, string State);
