using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Quartier.Client;
using Quartier.Client.Gateways;

namespace Quartier.Cli.Gateways;

/// <summary>The files of an enrolment: the key, which its owner alone may read and nothing overwrites, the certificate, and that of the authority.</summary>
internal sealed class EnrolmentFiles(string folder, GatewayPath gateway)
{
    private bool _made;

    private string Key => PathOf(".key");

    /// <summary>Makes a key, keeps it in its file, and answers the request for a certificate.</summary>
    /// <exception cref="QuartierProblemException">There is a key already, or the file cannot be written.</exception>
    public string MakeKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            Directory.CreateDirectory(folder);
            using var file = new StreamWriter(new FileStream(Key, options));
            _made = true;
            file.WriteLine(key.ExportPkcs8PrivateKeyPem());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuartierProblemException($"The key cannot be written to {Key}: {error.Message} Move an earlier one away, or name another folder with --out.", null, [], error);
        }

        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName($"{gateway.City}/{gateway.Gateway}");
        return new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
    }

    /// <summary>No certificate was issued: a key that was made for it goes, so that the next attempt finds its place free.</summary>
    public void Abandon()
    {
        if (_made)
        {
            File.Delete(Key);
        }
    }

    /// <summary>Keeps the certificates; answers what was written where.</summary>
    /// <exception cref="QuartierProblemException">A file cannot be written.</exception>
    public IEnumerable<string> Write(NewGatewayCertificate made)
    {
        var (certificate, authority) = (PathOf(".crt"), Path.Combine(folder, "gateway-authority.crt"));
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(certificate, made.Certificate + "\n");
            File.WriteAllText(authority, made.Authority + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuartierProblemException($"The certificate cannot be written to {folder}: {error.Message}", null, [], error);
        }

        return File.Exists(Key)
            ? [$"key:         {Key}", $"certificate: {certificate}", $"authority:   {authority}"]
            : [$"certificate: {certificate}", $"authority:   {authority}"];
    }

    /// <summary>A certificate request that a gateway made.</summary>
    /// <exception cref="QuartierProblemException">It cannot be read.</exception>
    public static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuartierProblemException($"The certificate request {path} cannot be read: {error.Message}", null, [], error);
        }
    }

    private string PathOf(string ending) => Path.Combine(folder, $"{gateway.City}-{gateway.Gateway}{ending}");
}
