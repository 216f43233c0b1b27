using System.Collections.Immutable;

namespace Quartier.Contracts.Principals;

/// <summary>An API key as it is kept: never the key itself. It belongs to a person, or to a contract of a city.</summary>
/// <param name="Id">The part of the key by which it is found; lower-case letters and digits.</param>
/// <param name="Hash">SHA-256 of the key's 32 random bytes.</param>
/// <param name="Person">Id of the person; null when it belongs to a contract.</param>
/// <param name="City">Id of the contract's city; null when it belongs to a person.</param>
/// <param name="Contract">Id of the contract; null when it belongs to a person.</param>
/// <param name="CreatedMs">When it was made, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="UntilMs">When it ends, in milliseconds since 1970-01-01T00:00:00Z; at most <see cref="AccountLimits.KeyLife"/> later.</param>
/// <param name="RevokedMs">When it was revoked; null while it is not.</param>
/// <param name="LastUsedDay">The day (UTC, days since 1970-01-01) on which it was last used; null when never. No finer, so that it is no diary.</param>
public sealed record ApiKey(
    string Id,
    ImmutableArray<byte> Hash,
    string? Person,
    string? City,
    string? Contract,
    long CreatedMs,
    long UntilMs,
    long? RevokedMs,
    long? LastUsedDay);
