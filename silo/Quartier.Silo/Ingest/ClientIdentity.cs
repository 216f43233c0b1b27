using Quartier.Api.Accounts;
using Quartier.Api.Gateways;
using Quartier.Contracts.Principals;

namespace Quartier.Silo.Ingest;

/// <summary>What a client has proved.</summary>
/// <param name="Credential">What it is open by; null for nothing. Ends with the session.</param>
/// <param name="Gateway">Which gateway it is; null for another client.</param>
internal sealed record ClientIdentity(WatchedCredential? Credential, GatewayName? Gateway)
{
    /// <summary>Nobody in particular.</summary>
    public static ClientIdentity Unproved { get; } = new(null, null);

    /// <summary>As whom the client reads: its key's principal, or the public.</summary>
    public Principal Principal => Credential?.Principal ?? Principal.Public;

    /// <summary>Within whom client identifiers mean something; empty for nobody.</summary>
    public string Owner => (Gateway, Credential) switch
    {
        ({ } gateway, _) => $"gateway:{gateway}",
        (_, { Principal: { Kind: not PrincipalKind.Public } principal }) => principal.City is { } city ? $"{principal.Reference}@{city}" : principal.Reference,
        _ => string.Empty,
    };
}
