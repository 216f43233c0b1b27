using Quartier.Contracts.Gateways;
using Quartier.Contracts.Principals;
using Quartier.Storage.Cities;

namespace Quartier.Storage.Gateways;

/// <summary>Gateways' credentials in city.db.</summary>
internal sealed class GatewayCredentialStore(CityDatabase store) : IGatewayCredentialStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<GatewayCredential>> ListAsync(string? city, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<GatewayCredential>>(store.Read(database => GatewayCredentialRows.List(database, city)));
    }

    /// <inheritdoc/>
    public ValueTask<GatewayCredential?> FindPasswordAsync(string city, string gateway, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(store.Read(database => GatewayCredentialRows.Password(database, city, gateway)));
    }

    /// <inheritdoc/>
    public ValueTask<GatewayCredential?> FindAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(store.Read(database => GatewayCredentialRows.Find(database, id)));
    }

    /// <inheritdoc/>
    public async ValueTask<AccountOutcome> AddAsync(GatewayCredential credential, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await store.WriteAsync(database => GatewayCredentialRows.Add(database, credential)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<AccountOutcome> RevokeAsync(string id, long nowMs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await store.WriteAsync(database => GatewayCredentialRows.Revoke(database, id, nowMs)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask NoteUseAsync(string id, long day, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await store.WriteAsync(database =>
        {
            database.Prepare("UPDATE gateway_credential SET last_used_day = ? WHERE id = ?").Bind(1, day).Bind(2, id).Execute();
            return true;
        }).ConfigureAwait(false);
    }
}
