using Quartier.Contracts.Principals;

namespace Quartier.Contracts.Gateways;

/// <summary>
/// The port behind which gateways' credentials rest: digests, never secrets. Every change is durable on return and seen by the next read. A gateway that ever had a
/// credential keeps at least one row, so that revoking the last one never makes it a gateway without.
/// </summary>
public interface IGatewayCredentialStore
{
    /// <summary>All credentials of a city, or of all cities, those that have ended included, by city, gateway and time.</summary>
    ValueTask<IReadOnlyList<GatewayCredential>> ListAsync(string? city, CancellationToken cancellationToken);

    /// <summary>The gateway's password that is not revoked, or null.</summary>
    ValueTask<GatewayCredential?> FindPasswordAsync(string city, string gateway, CancellationToken cancellationToken);

    /// <summary>The credential, or null.</summary>
    ValueTask<GatewayCredential?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds a credential and forgets the gateway's oldest ended ones beyond <see cref="GatewayLimits.CredentialsMax"/>. A new password revokes the one before.</summary>
    /// <returns><see cref="AccountOutcome.Full"/> when as many are valid as may be kept.</returns>
    /// <exception cref="Readings.StoreException">The disk refused; nothing was changed. So with every other change.</exception>
    ValueTask<AccountOutcome> AddAsync(GatewayCredential credential, CancellationToken cancellationToken);

    /// <summary>Revokes a credential; one that is revoked already stays so.</summary>
    ValueTask<AccountOutcome> RevokeAsync(string id, long nowMs, CancellationToken cancellationToken);

    /// <summary>Notes the day on which a credential was used.</summary>
    ValueTask NoteUseAsync(string id, long day, CancellationToken cancellationToken);
}
