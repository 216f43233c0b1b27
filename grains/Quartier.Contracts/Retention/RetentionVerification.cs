using System.Collections.Immutable;

namespace Quartier.Contracts.Retention;

/// <summary>What looking into every place and checking the certificates has found.</summary>
/// <param name="Places">The places looked into.</param>
/// <param name="Certificates">Certificates checked.</param>
/// <param name="Findings">Sentences with the remedy; empty when all is well. At most 100.</param>
[GenerateSerializer, Immutable, Alias("quartier.RetentionVerification")]
public sealed record RetentionVerification(
    [property: Id(0)] ImmutableArray<CertifiedPlace> Places, [property: Id(1)] int Certificates, [property: Id(2)] ImmutableArray<string> Findings);
