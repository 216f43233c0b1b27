using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Quartier.Silo.Accounts;

namespace Quartier.Silo.Tls;

/// <summary>A server's certificate with its key and those between it and its root, ready for handshakes.</summary>
internal sealed class LoadedCertificate
{
    /// <summary>Longest file that is read: a chain of ten certificates with RSA keys several times over.</summary>
    private const int BytesMax = 256 * 1024;

    private const int RsaLeastBits = 2_048;

    private LoadedCertificate(X509Certificate2 own, X509Certificate2Collection between)
    {
        Own = own;

        // Offline: nothing is fetched from addresses that a certificate names.
        Context = SslStreamCertificateContext.Create(own, between, offline: true);
    }

    /// <summary>The certificate.</summary>
    public X509Certificate2 Own { get; }

    /// <summary>What handshakes take.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset Until => new(Own.NotAfter.ToUniversalTime(), TimeSpan.Zero);

    /// <summary>When it begins.</summary>
    public DateTimeOffset From => new(Own.NotBefore.ToUniversalTime(), TimeSpan.Zero);

    /// <summary>The names for which it counts.</summary>
    public string Names => string.Join(
        ", ", Own.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString()))));

    /// <summary>A digest over the bytes of all files, by which a change is noticed.</summary>
    /// <exception cref="IOException">One cannot be read, or is too long for what it should be.</exception>
    public static string Digest(TlsFiles files) =>
        Convert.ToHexString(SHA256.HashData([.. files.All.SelectMany(f => SHA256.HashData(Read(f)))]));

    /// <summary>Reads the files.</summary>
    /// <exception cref="IOException">One is missing, others may read it (unless <paramref name="openFiles"/>), or they do not belong together; the message says which and why.</exception>
    public static LoadedCertificate Load(TlsFiles files, bool openFiles)
    {
        if (!openFiles && files.Secret.Select(PrivateFile.OpenTo).FirstOrDefault(f => f is not null) is { } fault)
        {
            throw new IOException(fault);
        }

        try
        {
            var password = files.Password is null ? null : Encoding.UTF8.GetString(Read(files.Password)).Trim();
            var (own, between) = files.Key is null ? FromPfx(files.Certificate, password) : FromPem(files.Certificate, files.Key, password);
            using var rsa = own.GetRSAPublicKey();
            return rsa?.KeySize < RsaLeastBits
                ? throw new IOException($"The key of {files.Certificate} has {rsa.KeySize} bits; RSA needs at least {RsaLeastBits}.")
                : new LoadedCertificate(own, between);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new IOException($"{string.Join(" with ", files.All)} cannot be used: {error.Message}", error);
        }
    }

    private static (X509Certificate2 Own, X509Certificate2Collection Between) FromPem(string certificate, string key, string? password)
    {
        var chain = Encoding.UTF8.GetString(Read(certificate));
        var secret = Encoding.UTF8.GetString(Read(key));
        var own = password is null ? X509Certificate2.CreateFromPem(chain, secret) : X509Certificate2.CreateFromEncryptedPem(chain, secret, password);
        var between = new X509Certificate2Collection();
        between.ImportFromPem(chain);
        between.RemoveAt(0);
        if (!OperatingSystem.IsWindows())
        {
            return (own, between);
        }

        // Windows takes no key for TLS that lives in memory alone.
        using (own)
        {
            return (X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), password: null), between);
        }
    }

    private static (X509Certificate2 Own, X509Certificate2Collection Between) FromPfx(string path, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12Collection(Read(path), password);
        var own = all.FirstOrDefault(c => c.HasPrivateKey)
            ?? throw new IOException($"{path} holds no certificate with its key. Export both: openssl pkcs12 -export -inkey KEY -in CERTIFICATE.");
        return (own, [.. all.Where(c => !ReferenceEquals(c, own))]);
    }

    private static byte[] Read(string path)
    {
        var length = new FileInfo(path).Length;
        return length <= BytesMax ? File.ReadAllBytes(path) : throw new IOException($"{path} has {length} bytes; no certificate or key has more than {BytesMax}.");
    }
}
