namespace Quartier.Api.Accounts.Oidc;

/// <summary>Whom the provider vouches for.</summary>
/// <param name="Subject">Their unchanging name at the issuer.</param>
/// <param name="Email">Their address; null unless the provider says that it is verified.</param>
internal sealed record OidcIdentity(string Subject, string? Email);
