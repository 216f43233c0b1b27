using System.Collections.Immutable;
using Quartier.Contracts.Retention;

namespace Quartier.Api.Native.Retention;

/// <summary>What looking into every place and checking the certificates has found.</summary>
/// <param name="Sound">True when nothing was found.</param>
/// <param name="Places">The places looked into.</param>
/// <param name="Certificates">Certificates checked.</param>
/// <param name="Findings">Sentences with the remedy.</param>
internal sealed record RetentionVerificationItem(
    bool Sound, ImmutableArray<CertifiedPlace> Places, int Certificates, ImmutableArray<string> Findings);
