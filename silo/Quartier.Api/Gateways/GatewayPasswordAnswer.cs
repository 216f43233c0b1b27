namespace Quartier.Api.Gateways;

/// <summary>A gateway's new password.</summary>
/// <param name="UserName">What the gateway sends as user name.</param>
/// <param name="Password">The password, shown this once; null when it was chosen and is known.</param>
/// <param name="Item">What is kept of it.</param>
internal sealed record GatewayPasswordAnswer(string UserName, string? Password, GatewayCredentialItem Item);
