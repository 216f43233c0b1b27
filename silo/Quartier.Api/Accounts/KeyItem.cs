using System.Globalization;
using Quartier.Api.Json;
using Quartier.Contracts.Principals;

namespace Quartier.Api.Accounts;

/// <summary>An API key as administrators see it: never the key itself.</summary>
/// <param name="Id">By which it is revoked.</param>
/// <param name="Person">Id of the person; null for a contract.</param>
/// <param name="Contract">Id of the contract; null for a person.</param>
/// <param name="City">Id of the contract's city; null for a person.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Revoked">When it was revoked; null while it is not.</param>
/// <param name="LastUsed">The day (UTC) on which it was last used; null when never.</param>
/// <param name="State"><c>valid</c>, <c>revoked</c> or <c>expired</c>.</param>
internal sealed record KeyItem(
    string Id, string? Person, string? Contract, string? City, UtcTime Created, UtcTime Until, UtcTime? Revoked, string? LastUsed, string State)
{
    public static KeyItem Of(ApiKey key, long nowMs) => new(
        key.Id,
        key.Person,
        key.Contract,
        key.City,
        new(key.CreatedMs),
        new(key.UntilMs),
        key.RevokedMs is { } revoked ? new UtcTime(revoked) : null,
        key.LastUsedDay is { } day ? DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(day)).ToString("O", CultureInfo.InvariantCulture) : null,
        StateOf(key, nowMs));

    private static string StateOf(ApiKey key, long nowMs)
    {
        if (key.RevokedMs is not null)
        {
            return "revoked";
        }

        return key.UntilMs <= nowMs ? "expired" : "valid";
    }
}
