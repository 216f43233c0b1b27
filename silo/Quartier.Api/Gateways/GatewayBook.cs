using System.Collections.Frozen;
using Quartier.Contracts.Gateways;

namespace Quartier.Api.Gateways;

/// <summary>
/// Which gateways have, or ever had, a credential: the endpoint asks for each new topic, so it is kept in memory. Nobody publishes for such a gateway without its
/// credential, even after it was revoked.
/// </summary>
public sealed class GatewayBook(IGatewayCredentialStore store)
{
    private volatile FrozenSet<GatewayName> _known = FrozenSet<GatewayName>.Empty;
    private long _version;

    /// <summary>Changes whenever the answers may.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Whether the gateway must use a credential.</summary>
    public bool MustProve(GatewayName gateway) => _known.Contains(gateway);

    /// <summary>Reads what the store has; called at the start and after every change.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var all = await store.ListAsync(null, cancellationToken).ConfigureAwait(false);
        _known = all.Select(c => new GatewayName(c.City, c.Gateway)).ToFrozenSet();
        Interlocked.Increment(ref _version);
    }
}
