using System.Collections.Immutable;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Quartier.Domain.Principals;

namespace Quartier.Api.Accounts.Oidc;

/// <summary>Validates ID tokens (OpenID Connect Core 1.0, 3.1.3.7): signature, issuer, audience, times, nonce.</summary>
internal sealed class IdTokens(OidcProvider provider, TimeProvider time)
{
    /// <summary>How far the provider's clock may be off.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>Whom the token is about.</summary>
    /// <exception cref="OidcException">The token proves nobody.</exception>
    public async Task<OidcIdentity> ReadAsync(string token, string nonce, CancellationToken cancellationToken)
    {
        var metadata = await provider.MetadataAsync(isKeyUnknown: false, cancellationToken).ConfigureAwait(false);
        var result = await _handler.ValidateTokenAsync(token, Parameters(metadata)).ConfigureAwait(false);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The provider may have changed its key since.
            metadata = await provider.MetadataAsync(isKeyUnknown: true, cancellationToken).ConfigureAwait(false);
            result = await _handler.ValidateTokenAsync(token, Parameters(metadata)).ConfigureAwait(false);
        }

        if (!result.IsValid || result.SecurityToken is not JsonWebToken valid)
        {
            throw new OidcException($"The ID token is not valid: {result.Exception?.GetType().Name ?? "unreadable"}.");
        }

        return Identity(valid, nonce);
    }

    private TokenValidationParameters Parameters(OidcMetadata metadata) => new()
    {
        ValidIssuer = provider.Settings.Issuer,
        ValidAudience = provider.Settings.ClientId,
        ValidAlgorithms = Algorithms,
        IssuerSigningKeys = metadata.Keys,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        TryAllIssuerSigningKeys = false,
        LifetimeValidator = (from, until, _, _) => IsCurrent(from, until),
    };

    private bool IsCurrent(DateTime? from, DateTime? until)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return until is { } end && end > now - Skew && (from is not { } begin || begin <= now + Skew);
    }

    private OidcIdentity Identity(JsonWebToken token, string nonce)
    {
        if (Claim(token, "nonce") != nonce)
        {
            throw new OidcException("The ID token answers another sign-in: its nonce differs.");
        }

        var audiences = token.Audiences.ToImmutableArray();
        var party = Claim(token, "azp");
        if ((audiences.Length > 1 && party is null) || (party is not null && party != provider.Settings.ClientId))
        {
            throw new OidcException("The ID token was issued to another program: its 'azp' differs.");
        }

        if (token.IssuedAt == DateTime.MinValue || token.IssuedAt > time.GetUtcNow().UtcDateTime + Skew)
        {
            throw new OidcException("The ID token does not say when it was issued, or was issued in the future.");
        }

        if (!PrincipalNames.IsSubject(token.Subject ?? string.Empty))
        {
            throw new OidcException("The ID token names no usable subject.");
        }

        var isVerified = token.TryGetPayloadValue<object>("email_verified", out var verified) && verified is true or "true";
        var email = Claim(token, "email");
        return new(token.Subject!, isVerified && email is not null && PrincipalNames.IsEmail(email) ? email : null);
    }

    private static string? Claim(JsonWebToken token, string name) => token.TryGetPayloadValue<string>(name, out var value) ? value : null;
}
