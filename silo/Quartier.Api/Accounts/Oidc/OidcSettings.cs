namespace Quartier.Api.Accounts.Oidc;

/// <summary>An identity provider that speaks OpenID Connect.</summary>
/// <param name="Issuer">Its issuer identifier, to the letter: https, or http on loopback.</param>
/// <param name="ClientId">What it calls this installation.</param>
/// <param name="ClientSecret">What it gave this installation to prove itself; never logged. Null for a public client, which PKCE protects alone.</param>
public sealed record OidcSettings(string Issuer, string ClientId, string? ClientSecret)
{
    /// <summary>Names the provider without the secret.</summary>
    public override string ToString() => $"{ClientId} at {Issuer}";
}
