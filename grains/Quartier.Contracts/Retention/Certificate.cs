using System.Collections.Immutable;

namespace Quartier.Contracts.Retention;

/// <summary>What one run of the retention deleted in one district. Until it is signed it is the run's plan. Holds no values.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="District">Id of the district; empty for sensors that are no longer registered.</param>
/// <param name="Night">The run: the ISO date of its night, or the time at which it was asked for.</param>
/// <param name="Streams">The datastreams, in ordinal order.</param>
/// <param name="PolicyVersion">By which policy; null when there was none and the registry's retentions held.</param>
/// <param name="ManifestDigest">SHA-256 of <paramref name="Streams"/> in lower-case hexadecimal.</param>
/// <param name="SignedMs">When every place had been looked into, in milliseconds since 1970-01-01T00:00:00Z; 0 before.</param>
/// <param name="Places">The places looked into; empty before.</param>
[GenerateSerializer, Immutable, Alias("quartier.Certificate")]
public sealed record Certificate(
    [property: Id(0)] string City,
    [property: Id(1)] string District,
    [property: Id(2)] string Night,
    [property: Id(3)] ImmutableArray<CertifiedStream> Streams,
    [property: Id(4)] string? PolicyVersion,
    [property: Id(5)] string ManifestDigest,
    [property: Id(6)] long SignedMs,
    [property: Id(7)] ImmutableArray<CertifiedPlace> Places)
{
    /// <summary>Whether every place had been looked into.</summary>
    public bool IsSigned => SignedMs > 0;
}
