using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Quartier.Api.Gateways;

/// <summary>
/// The installation's own certificate authority for gateways (RFC 5280). It issues for a gateway whatever the request's subject says, and trusts nothing but what it
/// issued. Its key never leaves the data directory.
/// </summary>
public sealed class GatewayAuthority : IDisposable
{
    /// <summary>Longest certificate request, in characters: RSA with 8,192 bits fits twice.</summary>
    public const int RequestMax = 8_192;

    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int SerialBytes = 16;
    private const int RsaLeastBits = 2_048;
    private const int RsaMostBits = 8_192;

    private readonly X509Certificate2 _own;
    private readonly RandomNumberGenerator _random;
    private readonly TimeProvider _time;

    /// <summary>Takes the authority's certificate with its key.</summary>
    public GatewayAuthority(X509Certificate2 own, RandomNumberGenerator random, TimeProvider time) => (_own, _random, _time) = (own, random, time);

    /// <summary>The authority's certificate without its key.</summary>
    public X509Certificate2 Certificate => _own;

    /// <summary>The same as PEM.</summary>
    public string Pem => _own.ExportCertificatePem();

    /// <summary>Makes a new authority.</summary>
    /// <param name="random">For its serial number.</param>
    /// <param name="now">When it begins.</param>
    /// <returns>Certificate and key as PEM.</returns>
    public static (string Certificate, string Key) Make(RandomNumberGenerator random, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var request = new CertificateRequest("CN=Quartier gateway authority", key, HashAlgorithmName.SHA384);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var made = request.Create(
            request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now.AddMinutes(-5), now.AddYears(25), Serial(random));
        return (made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Issues a certificate for a gateway.</summary>
    /// <param name="name">For whom; whatever the request says.</param>
    /// <param name="request">A certificate request (PKCS #10) as PEM; its signature proves that who asks has the key.</param>
    /// <param name="until">When it ends; not after the authority's own certificate.</param>
    /// <param name="objection">What is wrong with the request; empty when it was issued.</param>
    /// <returns>The certificate, or null.</returns>
    public X509Certificate2? Issue(GatewayName name, string request, DateTimeOffset until, out string objection)
    {
        if (Read(request, out objection) is not { } asked)
        {
            return null;
        }

        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name.ToString());
        var issued = new CertificateRequest(subject.Build(), asked, HashAlgorithmName.SHA256);
        issued.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        issued.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        issued.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ClientAuthentication)], critical: false));
        issued.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(asked, critical: false));
        issued.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_own, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var key = _own.GetECDsaPrivateKey()!;
        var last = new DateTimeOffset(_own.NotAfter.ToUniversalTime(), TimeSpan.Zero);
        return issued.Create(
            _own.SubjectName, X509SignatureGenerator.CreateForECDsa(key), _time.GetUtcNow().AddMinutes(-5), until < last ? until : last, Serial(_random));
    }

    /// <summary>Whether this authority issued the certificate, for a client, and it is in time. Nothing is fetched from anywhere.</summary>
    public bool Trusts(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_own);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // What was revoked is in the store, and looked up for each connection.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(certificate) && chain.ChainElements.Count == 2;
    }

    /// <inheritdoc/>
    public void Dispose() => _own.Dispose();

    private static PublicKey? Read(string request, out string objection)
    {
        if (request.Length > RequestMax)
        {
            objection = $"The certificate request has {request.Length} characters; at most {RequestMax} are taken.";
            return null;
        }

        try
        {
            var asked = CertificateRequest.LoadSigningRequestPem(request, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default, RSASignaturePadding.Pkcs1);
            objection = Objection(asked.PublicKey);
            return objection.Length == 0 ? asked.PublicKey : null;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or AsnContentException or NotSupportedException)
        {
            objection = "The certificate request cannot be read, or its signature is not by its own key. Make one: openssl req -new -key gateway.key -subj /CN=gateway.";
            return null;
        }
    }

    private static string Objection(PublicKey key)
    {
        using var ecdsa = key.GetECDsaPublicKey();
        if (ecdsa is not null)
        {
            return ecdsa.KeySize is 256 or 384 or 521 ? string.Empty : $"The key has {ecdsa.KeySize} bits; of elliptic curves P-256, P-384 and P-521 are taken.";
        }

        using var rsa = key.GetRSAPublicKey();
        return rsa?.KeySize is >= RsaLeastBits and <= RsaMostBits
            ? string.Empty
            : $"The key is neither of a curve (P-256, P-384, P-521) nor RSA with {RsaLeastBits} … {RsaMostBits} bits.";
    }

    /// <summary>Random (CA/Browser Forum asks for 64 bits; these are 126), positive and of a fixed length, so that it is written the same everywhere.</summary>
    private static byte[] Serial(RandomNumberGenerator random)
    {
        var serial = new byte[SerialBytes];
        random.GetBytes(serial);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }
}
