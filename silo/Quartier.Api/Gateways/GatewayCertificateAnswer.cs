namespace Quartier.Api.Gateways;

/// <summary>A gateway's new certificate.</summary>
/// <param name="Certificate">The certificate as PEM.</param>
/// <param name="Authority">The certificate of the authority that issued it, as PEM.</param>
/// <param name="Item">What is kept of it.</param>
internal sealed record GatewayCertificateAnswer(string Certificate, string Authority, GatewayCredentialItem Item);
