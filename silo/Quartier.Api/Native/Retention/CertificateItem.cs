using System.Collections.Immutable;
using Quartier.Api.Json;
using Quartier.Contracts.Retention;

namespace Quartier.Api.Native.Retention;

/// <summary>A certificate of deletion.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="District">Id of the district; empty for sensors that are no longer registered.</param>
/// <param name="Night">The run.</param>
/// <param name="Signed">When every place had been looked into.</param>
/// <param name="Readings">Readings deleted.</param>
/// <param name="RollUps">Aggregates deleted.</param>
/// <param name="Moved">Readings moved to an earlier day.</param>
/// <param name="Annotations">What Observations held beside readings that were deleted or moved: rows.</param>
/// <param name="From">Start of what was deleted; null when nothing was.</param>
/// <param name="To">End of what was deleted; null when nothing was.</param>
/// <param name="PolicyVersion">By which policy; null when there was none.</param>
/// <param name="ManifestDigest">SHA-256 of the streams.</param>
/// <param name="Digest">SHA-256 of the certificate's text; the ledger's entry has it.</param>
/// <param name="LedgerIndex">The entry in the city's ledger; null before.</param>
/// <param name="Streams">The datastreams.</param>
/// <param name="Places">The places looked into.</param>
internal sealed record CertificateItem(
    string City,
    string District,
    string Night,
    UtcTime Signed,
    long Readings,
    long RollUps,
    long Moved,
    long Annotations,
    UtcTime? From,
    UtcTime? To,
    string? PolicyVersion,
    string ManifestDigest,
    string Digest,
    long? LedgerIndex,
    ImmutableArray<CertifiedStream> Streams,
    ImmutableArray<CertifiedPlace> Places)
{
    public static CertificateItem Of(StoredCertificate stored)
    {
        var certificate = stored.Certificate;
        var deleted = certificate.Streams.Where(s => s.Readings + s.RollUps > 0).ToList();
        return new(
            certificate.City,
            certificate.District,
            certificate.Night,
            new(certificate.SignedMs),
            certificate.Streams.Sum(s => s.Readings),
            certificate.Streams.Sum(s => s.RollUps),
            certificate.Streams.Sum(s => s.Moved),
            certificate.Streams.Sum(s => s.Annotations + s.MovedAnnotations),
            deleted.Count == 0 ? null : new UtcTime(deleted.Min(s => s.FirstMs)),
            deleted.Count == 0 ? null : new UtcTime(deleted.Max(s => s.LastMs)),
            certificate.PolicyVersion,
            certificate.ManifestDigest,
            stored.Digest,
            stored.LedgerIndex,
            certificate.Streams,
            certificate.Places);
    }
}
