namespace Quartier.Client.Retention;

/// <summary>A certificate of deletion.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="District">Id of the district; empty for sensors that are no longer registered.</param>
/// <param name="Night">The run.</param>
/// <param name="Signed">When every place had been looked into.</param>
/// <param name="Readings">Readings deleted.</param>
/// <param name="RollUps">Aggregates deleted.</param>
/// <param name="Moved">Readings moved to an earlier day.</param>
/// <param name="Annotations">What Observations held beside readings that were deleted or moved.</param>
/// <param name="From">Start of what was deleted; null when nothing was.</param>
/// <param name="To">End of what was deleted; null when nothing was.</param>
/// <param name="PolicyVersion">By which policy; null when there was none.</param>
/// <param name="ManifestDigest">SHA-256 of the streams.</param>
/// <param name="Digest">SHA-256 of the certificate's text.</param>
/// <param name="LedgerIndex">The entry in the city's ledger; null before.</param>
public sealed record Certificate(
    string City,
    string District,
    string Night,
    DateTimeOffset Signed,
    long Readings,
    long RollUps,
    long Moved,
    long Annotations,
    DateTimeOffset? From,
    DateTimeOffset? To,
    string? PolicyVersion,
    string ManifestDigest,
    string Digest,
    long? LedgerIndex);
