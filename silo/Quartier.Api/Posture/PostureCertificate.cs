namespace Quartier.Api.Posture;

/// <summary>A certificate that the host shows or issues by.</summary>
/// <param name="Use"><c>server</c> or <c>gateway-authority</c>.</param>
/// <param name="Subject">Whose it is.</param>
/// <param name="Names">Names for which it counts, separated by commas.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Fingerprint">SHA-256 of its DER form, in lower-case hexadecimal digits.</param>
/// <param name="FromMs">When it begins, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="UntilMs">When it ends, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="File">Where it was read from.</param>
/// <param name="Fault">Why what lies there now could not be taken, so that an earlier one is still shown; null when nothing is wrong.</param>
public sealed record PostureCertificate(
    string Use, string Subject, string Names, string Issuer, string Fingerprint, long FromMs, long UntilMs, string File, string? Fault);
