using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Quartier.Api.Gateways;
using Quartier.Api.Posture;
using Quartier.Mqtt;
using Quartier.Silo.Ingest;
using Quartier.Silo.Tls;

namespace Quartier.Silo.Posture;

/// <summary>Looks at how the silo stands in the network.</summary>
internal sealed class HostPosture(
    SiloOptions options, MqttEndpoint endpoint, GatewayAuthority authority, TimeProvider time, ServerCertificate? certificate = null)
{
    private readonly PostureWeakness[] _atStart = [.. StartWeaknesses.Of(options)];

    /// <summary>Where it listens, once it does; before, where it was told to.</summary>
    public IReadOnlyList<(string Name, IPEndPoint Address)> Listeners { get; set; } = [];

    /// <summary>The report.</summary>
    public PostureReport Look() => new(
        [.. _atStart, .. Found()],
        [.. Listeners.Select(l => new PostureListener(l.Name, l.Address.ToString(), l.Name is "https" or "mqtts", IPAddress.IsLoopback(l.Address.Address)))],
        [.. Certificates()],
        options.Gateways == GatewayMode.Local ? "local" : "credentials",
        [.. endpoint.BannedAddresses.Select(b => new PostureBan(b.Address.ToString(), b.Seconds))]);

    private IEnumerable<PostureWeakness> Found()
    {
        if (options.Gateways == GatewayMode.Local && !options.IsReachable)
        {
            yield return new(
                "local-mode",
                "Every program on this machine may publish for gateways that never had a credential; nobody else reaches the endpoint.",
                "Give gateways credentials, or start with --gateways credentials. It ends by itself when the server listens beyond this machine.",
                Accepted: false);
        }

        if (certificate is not null && certificate.Current.Until - time.GetUtcNow() <= ServerCertificate.RenewBefore)
        {
            yield return new("certificate-ends", $"The server's certificate ends on {certificate.Current.Until:u}.", "Renew it; new files are taken up without a restart.", Accepted: false);
        }

        if (certificate?.Fault is { } fault)
        {
            yield return new("certificate-unusable", $"The certificate's files were changed and cannot be used: {fault}", "Correct the files; the earlier certificate stays in use.", Accepted: false);
        }
    }

    private IEnumerable<PostureCertificate> Certificates()
    {
        if (certificate is not null)
        {
            yield return Show("server", certificate.Current.Own, certificate.Current.Names, certificate.Files.Certificate, certificate.Fault);
        }

        yield return Show("gateway-authority", authority.Certificate, string.Empty, Path.Combine(options.DataDirectory, GatewayAuthorityFiles.CertificateName), null);
    }

    private static PostureCertificate Show(string use, X509Certificate2 certificate, string names, string file, string? fault) => new(
        use,
        certificate.Subject,
        names,
        certificate.Issuer,
        Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256)),
        new DateTimeOffset(certificate.NotBefore.ToUniversalTime(), TimeSpan.Zero).ToUnixTimeMilliseconds(),
        new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero).ToUnixTimeMilliseconds(),
        file,
        fault);
}
