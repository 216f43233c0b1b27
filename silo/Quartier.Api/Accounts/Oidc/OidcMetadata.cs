using Microsoft.IdentityModel.Tokens;

namespace Quartier.Api.Accounts.Oidc;

/// <summary>What the provider publishes about itself (OpenID Connect Discovery 1.0).</summary>
/// <param name="Authorization">Where the browser is sent.</param>
/// <param name="Token">Where a code is exchanged.</param>
/// <param name="Keys">By which tokens are signed.</param>
internal sealed record OidcMetadata(Uri Authorization, Uri Token, IReadOnlyList<SecurityKey> Keys);
