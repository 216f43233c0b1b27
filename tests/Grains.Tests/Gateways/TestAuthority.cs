using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Grains.Tests.Gateways;

/// <summary>An authority of somebody else, which issues servers' certificates, and clients' that nobody should trust.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _own;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        _own = request.CreateSelfSigned(now.AddDays(-2), now.AddDays(30));
    }

    public string Pem => _own.ExportCertificatePem();

    /// <summary>A certificate with its key, both as PEM.</summary>
    public (string Certificate, string Key) Issue(string name, TimeSpan? from = null, TimeSpan? until = null)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var key = _own.GetECDsaPrivateKey()!;
        using var made = request.Create(
            _own.SubjectName,
            X509SignatureGenerator.CreateForECDsa(key),
            now + (from ?? TimeSpan.FromDays(-1)),
            now + (until ?? TimeSpan.FromDays(29)),
            RandomNumberGenerator.GetBytes(8).Select((b, i) => i == 0 ? (byte)(b & 0x3F | 0x40) : b).ToArray());
        return (made.ExportCertificatePem(), own.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => _own.Dispose();
}
