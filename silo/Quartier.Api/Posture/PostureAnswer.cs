namespace Quartier.Api.Posture;

/// <summary>How the installation stands: what is weak, where it can be reached, by which certificates, and which gateways prove themselves.</summary>
/// <param name="Weaknesses">What is weaker than it could be.</param>
/// <param name="Listeners">Where it can be reached.</param>
/// <param name="Certificates">The certificates that it shows and issues by.</param>
/// <param name="GatewayMode"><c>credentials</c> or <c>local</c>.</param>
/// <param name="Gateways">How many gateways are registered.</param>
/// <param name="WithoutCredential">User names of the registered gateways that never had a credential, at most 1,000.</param>
/// <param name="Banned">Addresses that are banned at present.</param>
internal sealed record PostureAnswer(
    PostureWeakness[] Weaknesses,
    PostureListener[] Listeners,
    PostureCertificateItem[] Certificates,
    string GatewayMode,
    int Gateways,
    string[] WithoutCredential,
    PostureBan[] Banned);
