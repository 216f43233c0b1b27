using System.Collections.Immutable;

namespace Quartier.Api.Accounts.Oidc;

/// <summary>A sign-in that was sent to the provider and has not come back.</summary>
/// <param name="BegunAt">The clock's timestamp when it began.</param>
/// <param name="BrowserHash">SHA-256 of the cookie of the browser that began it: nobody else may finish it.</param>
/// <param name="Nonce">Ties the ID token to it.</param>
/// <param name="Verifier">Proves to the provider that the exchange is by whoever began it (RFC 7636).</param>
/// <param name="RedirectUri">To which the provider returns.</param>
internal sealed record PendingSignIn(long BegunAt, ImmutableArray<byte> BrowserHash, string Nonce, string Verifier, string RedirectUri);
