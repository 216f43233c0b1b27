namespace Quartier.Client.Gateways;

/// <summary>A certificate to be issued.</summary>
/// <param name="Request">The certificate request (PKCS #10) as PEM.</param>
/// <param name="Until">When the certificate ends; null for two years.</param>
public sealed record GatewayEnrolment(string Request, DateTimeOffset? Until);
