using Quartier.Api.Json;

namespace Quartier.Api.Gateways;

/// <summary>A certificate for a gateway.</summary>
/// <param name="Request">The certificate request (PKCS #10) as PEM.</param>
/// <param name="Until">When the certificate ends; absent for two years.</param>
internal sealed record GatewayCertificateRequest(string? Request, UtcTime? Until);
