using System.Globalization;
using Quartier.Api.Json;
using Quartier.Contracts.Gateways;

namespace Quartier.Api.Gateways;

/// <summary>A gateway's credential as administrators see it.</summary>
/// <param name="Id">By which it is revoked; of a certificate its serial number.</param>
/// <param name="Kind"><c>password</c> or <c>certificate</c>.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Until">When it ends; null for a password.</param>
/// <param name="Revoked">When it was revoked or replaced; null while it is not.</param>
/// <param name="LastUsed">The day (UTC) on which it was last used; null when never.</param>
/// <param name="State"><c>valid</c>, <c>revoked</c> or <c>expired</c>.</param>
internal sealed record GatewayCredentialItem(string Id, string Kind, UtcTime Created, UtcTime? Until, UtcTime? Revoked, string? LastUsed, string State)
{
    public static GatewayCredentialItem Of(GatewayCredential credential, long nowMs) => new(
        credential.Id,
        Words<GatewayCredentialKind>.Of(credential.Kind),
        new(credential.CreatedMs),
        credential.UntilMs == long.MaxValue ? null : new UtcTime(credential.UntilMs),
        credential.RevokedMs is { } revoked ? new UtcTime(revoked) : null,
        credential.LastUsedDay is { } day ? DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(day)).ToString("O", CultureInfo.InvariantCulture) : null,
        StateOf(credential, nowMs));

    private static string StateOf(GatewayCredential credential, long nowMs)
    {
        if (credential.RevokedMs is not null)
        {
            return "revoked";
        }

        return credential.IsValid(nowMs) ? "valid" : "expired";
    }
}
