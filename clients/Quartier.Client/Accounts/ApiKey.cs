namespace Quartier.Client.Accounts;

/// <summary>An API key without its secret.</summary>
/// <param name="Id">By which it is revoked.</param>
/// <param name="Person">Id of the person; null for a contract.</param>
/// <param name="Contract">Id of the contract; null for a person.</param>
/// <param name="City">Id of the contract's city; null for a person.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Revoked">When it was revoked; null while it is not.</param>
/// <param name="LastUsed">The day (UTC) on which it was last used, as <c>2026-07-01</c>; null when never.</param>
/// <param name="State"><c>valid</c>, <c>revoked</c> or <c>expired</c>.</param>
public sealed record ApiKey(
    string Id,
    string? Person,
    string? Contract,
    string? City,
    DateTimeOffset Created,
    DateTimeOffset Until,
    DateTimeOffset? Revoked,
    string? LastUsed,
    string State);
