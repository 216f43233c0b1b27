namespace Quartier.Client.Postures;

/// <summary>A certificate that the server shows or issues by.</summary>
/// <param name="Use"><c>server</c> or <c>gateway-authority</c>.</param>
/// <param name="Subject">Whose it is.</param>
/// <param name="Names">Names for which it counts.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Fingerprint">SHA-256 in hexadecimal digits.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends.</param>
/// <param name="File">Where it was read from.</param>
/// <param name="Fault">Why what lies there now is not in use; null when it is.</param>
public sealed record ShownCertificate(
    string Use, string Subject, string Names, string Issuer, string Fingerprint, DateTimeOffset From, DateTimeOffset Until, string File, string? Fault);
