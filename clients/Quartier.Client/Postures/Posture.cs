namespace Quartier.Client.Postures;

/// <summary>How an installation stands: what is weak, where it can be reached, by which certificates, and which gateways prove themselves.</summary>
/// <param name="Weaknesses">What is weaker than it could be.</param>
/// <param name="Listeners">Where it can be reached.</param>
/// <param name="Certificates">The certificates that it shows and issues by.</param>
/// <param name="GatewayMode"><c>credentials</c> or <c>local</c>.</param>
/// <param name="Gateways">How many gateways are registered.</param>
/// <param name="WithoutCredential">User names of those that never had a credential, at most 1,000.</param>
/// <param name="Banned">Addresses that are banned at present.</param>
public sealed record Posture(
    IReadOnlyList<Weakness> Weaknesses,
    IReadOnlyList<Listener> Listeners,
    IReadOnlyList<ShownCertificate> Certificates,
    string GatewayMode,
    int Gateways,
    IReadOnlyList<string> WithoutCredential,
    IReadOnlyList<Ban> Banned);
