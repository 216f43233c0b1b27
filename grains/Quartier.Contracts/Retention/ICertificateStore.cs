using System.Collections.Immutable;

namespace Quartier.Contracts.Retention;

/// <summary>The port behind which certificates and the plans that become certificates rest. Keyed by city, night and district.</summary>
public interface ICertificateStore
{
    /// <summary>Inserts or replaces by key, all or none; durable on return.</summary>
    /// <exception cref="Readings.StoreException">The disk refused; nothing was changed.</exception>
    ValueTask SaveAsync(ImmutableArray<StoredCertificate> certificates, CancellationToken cancellationToken);

    /// <summary>Those that are not in the ledger yet, oldest night first.</summary>
    ValueTask<ImmutableArray<StoredCertificate>> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Certificates, newest night first.</summary>
    /// <param name="city">Only of this city, or null.</param>
    /// <param name="district">Only of this district, or null.</param>
    /// <param name="limit">1 … 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<ImmutableArray<StoredCertificate>> ListAsync(string? city, string? district, int limit, CancellationToken cancellationToken);
}
