namespace Quartier.Client.Gateways;

/// <summary>A certificate that was just issued.</summary>
/// <param name="Certificate">The certificate as PEM.</param>
/// <param name="Authority">The certificate of the authority that issued it, as PEM.</param>
/// <param name="Item">What the server keeps of it.</param>
public sealed record NewGatewayCertificate(string Certificate, string Authority, GatewayCredential Item);
