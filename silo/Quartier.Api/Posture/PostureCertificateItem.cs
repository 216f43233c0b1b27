using Quartier.Api.Json;

namespace Quartier.Api.Posture;

/// <summary>See <see cref="PostureCertificate"/>.</summary>
internal sealed record PostureCertificateItem(
    string Use, string Subject, string Names, string Issuer, string Fingerprint, UtcTime From, UtcTime Until, string File, string? Fault)
{
    public static PostureCertificateItem Of(PostureCertificate c) =>
        new(c.Use, c.Subject, c.Names, c.Issuer, c.Fingerprint, new(c.FromMs), new(c.UntilMs), c.File, c.Fault);
}
