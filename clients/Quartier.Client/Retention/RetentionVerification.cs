namespace Quartier.Client.Retention;

/// <summary>What looking into every place and checking the certificates has found.</summary>
/// <param name="Sound">True when nothing was found.</param>
/// <param name="Places">The places looked into.</param>
/// <param name="Certificates">Certificates checked.</param>
/// <param name="Findings">Sentences with the remedy.</param>
public sealed record RetentionVerification(bool Sound, IReadOnlyList<ExaminedPlace> Places, int Certificates, IReadOnlyList<string> Findings);
