using System.Collections.Immutable;

namespace Quartier.Api.Posture;

/// <summary>How the host stands in the network.</summary>
/// <param name="Weaknesses">What is weaker than it could be: accepted by name, or found while running.</param>
/// <param name="Listeners">Where it can be reached.</param>
/// <param name="Certificates">The certificates that it shows and issues by.</param>
/// <param name="GatewayMode"><c>credentials</c>: every client proves itself; <c>local</c>: on this machine gateways without a credential may publish.</param>
/// <param name="Banned">Addresses that are banned at present.</param>
public sealed record PostureReport(
    ImmutableArray<PostureWeakness> Weaknesses,
    ImmutableArray<PostureListener> Listeners,
    ImmutableArray<PostureCertificate> Certificates,
    string GatewayMode,
    ImmutableArray<PostureBan> Banned);
