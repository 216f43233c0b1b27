using System.Collections.Concurrent;
using System.Net;
using Quartier.Api.Gateways;

namespace Quartier.Silo.Ingest;

/// <summary>Who may publish for which gateway, and how much.</summary>
internal sealed class GatewayAccess(GatewayBook book, GatewayMode mode, GatewayRate rate, TimeProvider time)
{
    /// <summary>One for each gateway that ever proved itself since the start: bounded by what the store takes.</summary>
    private readonly ConcurrentDictionary<GatewayName, RateBucket> _buckets = new();

    /// <summary>Changes whenever the answer of <see cref="ObjectionToUnproved"/> may.</summary>
    public long Version => book.Version;

    /// <summary>Whether a client without any credential may connect from there.</summary>
    public bool MayBeUnproved(EndPoint? remote) => mode == GatewayMode.Local && remote is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address);

    /// <summary>Why a client that did not prove to be the gateway may not publish for it; null when it may.</summary>
    public string? ObjectionToUnproved(GatewayName gateway, EndPoint? remote)
    {
        if (book.MustProve(gateway))
        {
            return $"The gateway {gateway} has a credential, and the client did not use it.";
        }

        return MayBeUnproved(remote) ? null : $"The client did not prove to be the gateway {gateway}, which has no credential yet.";
    }

    /// <summary>What the gateway may still send.</summary>
    public RateBucket BucketOf(GatewayName gateway) => _buckets.GetOrAdd(gateway, static (_, of) => new RateBucket(of.rate, of.time), (rate, time));
}
