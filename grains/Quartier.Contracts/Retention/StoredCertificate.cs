namespace Quartier.Contracts.Retention;

/// <summary>A certificate as it is stored.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Digest">SHA-256 of its text in lower-case hexadecimal; empty while it is a plan.</param>
/// <param name="LedgerIndex">Its entry in the city's ledger; null before.</param>
[GenerateSerializer, Immutable, Alias("quartier.StoredCertificate")]
public sealed record StoredCertificate(
    [property: Id(0)] Certificate Certificate, [property: Id(1)] string Digest, [property: Id(2)] long? LedgerIndex);
