using System.Collections.Concurrent;
using Quartier.Contracts.Gateways;
using Quartier.Contracts.Principals;

namespace Api.Tests.Fakes;

/// <summary>Gateways' credentials in memory, as the contract says.</summary>
internal sealed class FakeGateways : IGatewayCredentialStore
{
    public ConcurrentDictionary<string, GatewayCredential> All { get; } = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<GatewayCredential>> ListAsync(string? city, CancellationToken cancellationToken) =>
        new([.. All.Values.Where(c => city is null || c.City == city).OrderBy(c => c.CreatedMs)]);

    public ValueTask<GatewayCredential?> FindPasswordAsync(string city, string gateway, CancellationToken cancellationToken) => new(All.Values.FirstOrDefault(
        c => c.City == city && c.Gateway == gateway && c.Kind == GatewayCredentialKind.Password && c.RevokedMs is null));

    public ValueTask<GatewayCredential?> FindAsync(string id, CancellationToken cancellationToken) => new(All.GetValueOrDefault(id));

    public async ValueTask<AccountOutcome> AddAsync(GatewayCredential credential, CancellationToken cancellationToken)
    {
        var before = await FindPasswordAsync(credential.City, credential.Gateway, cancellationToken);
        if (credential.Kind == GatewayCredentialKind.Password && before is not null)
        {
            await RevokeAsync(before.Id, credential.CreatedMs, cancellationToken);
        }

        return All.TryAdd(credential.Id, credential) ? AccountOutcome.Done : AccountOutcome.Exists;
    }

    public ValueTask<AccountOutcome> RevokeAsync(string id, long nowMs, CancellationToken cancellationToken)
    {
        All[id] = All[id] with { RevokedMs = All[id].RevokedMs ?? nowMs };
        return new(AccountOutcome.Done);
    }

    public ValueTask NoteUseAsync(string id, long day, CancellationToken cancellationToken)
    {
        All[id] = All[id] with { LastUsedDay = day };
        return default;
    }
}
