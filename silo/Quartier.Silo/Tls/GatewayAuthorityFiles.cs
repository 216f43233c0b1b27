using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Quartier.Api.Gateways;
using Quartier.Silo.Accounts;

namespace Quartier.Silo.Tls;

/// <summary><c>gateway-authority.crt</c> and <c>.key</c> in the data directory: the authority for gateways' certificates. The key is its owner's alone and leaves with backups only.</summary>
internal static class GatewayAuthorityFiles
{
    /// <summary>The certificate's file in the data directory.</summary>
    public const string CertificateName = "gateway-authority.crt";

    /// <summary>The key's file in the data directory.</summary>
    public const string KeyName = "gateway-authority.key";

    /// <summary>Reads the authority; the first start makes it.</summary>
    /// <exception cref="IOException">Others may read the key, or the files do not belong together; the message says what to do.</exception>
    public static GatewayAuthority Open(string dataDirectory, RandomNumberGenerator random, TimeProvider time)
    {
        var (certificate, key) = (Path.Combine(dataDirectory, CertificateName), Path.Combine(dataDirectory, KeyName));
        if (!File.Exists(certificate) && !File.Exists(key))
        {
            var made = GatewayAuthority.Make(random, time.GetUtcNow());

            // The key first: a certificate without its key would have to be thrown away by hand.
            PrivateFile.TryCreate(key, made.Key);
            PrivateFile.TryCreate(certificate, made.Certificate);
        }

        try
        {
            return new GatewayAuthority(X509Certificate2.CreateFromPem(PrivateFile.Read(certificate), PrivateFile.Read(key)), random, time);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new IOException(
                $"{certificate} and {key} are not a certificate and its key ({error.Message}). Restore both from a backup; without them move both away, and enrol every gateway anew.",
                error);
        }
    }
}
