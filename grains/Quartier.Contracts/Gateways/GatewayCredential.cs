using System.Collections.Immutable;

namespace Quartier.Contracts.Gateways;

/// <summary>A gateway's credential as it is kept: never the password, never a private key.</summary>
/// <param name="Id">By which it is named: of a certificate its serial number. Lower-case hexadecimal digits.</param>
/// <param name="City">Id of the gateway's city.</param>
/// <param name="Gateway">Id of the gateway.</param>
/// <param name="Kind">What kind.</param>
/// <param name="Digest">Of a password PBKDF2-HMAC-SHA-256 under <paramref name="Salt"/>; of a certificate the SHA-256 of its DER form.</param>
/// <param name="Salt">Of a password 16 random bytes; of a certificate none.</param>
/// <param name="Iterations">Of a password how often PBKDF2 went round; of a certificate 0.</param>
/// <param name="CreatedMs">When it was made, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="UntilMs">When it ends, in milliseconds since 1970-01-01T00:00:00Z; <see cref="long.MaxValue"/> for a password.</param>
/// <param name="RevokedMs">When it was revoked or replaced; null while it is not.</param>
/// <param name="LastUsedDay">The day (UTC, days since 1970-01-01) on which it was last used; null when never.</param>
public sealed record GatewayCredential(
    string Id,
    string City,
    string Gateway,
    GatewayCredentialKind Kind,
    ImmutableArray<byte> Digest,
    ImmutableArray<byte> Salt,
    int Iterations,
    long CreatedMs,
    long UntilMs,
    long? RevokedMs,
    long? LastUsedDay)
{
    /// <summary>Whether it opens a connection at this time, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public bool IsValid(long nowMs) => RevokedMs is null && nowMs < UntilMs;
}
