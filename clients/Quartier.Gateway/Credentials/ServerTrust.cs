using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Quartier.Gateway.Credentials;

/// <summary>How the server's certificate is judged, on a connection with TLS.</summary>
/// <param name="Authorities">Who may have signed it; null for those of this machine.</param>
public sealed record ServerTrust(X509Certificate2Collection? Authorities)
{
    /// <summary>What TLS is begun with.</summary>
    public SslClientAuthenticationOptions Terms(string host, X509Certificate2? certificate)
    {
        var terms = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            ApplicationProtocols = [new SslApplicationProtocol("mqtt")],
            ClientCertificates = certificate is null ? null : [certificate],
        };
        if (Authorities is not null)
        {
            // The name is checked as always. Nobody is asked about revocation: an authority of one's own has no such place.
            terms.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            terms.CertificateChainPolicy.CustomTrustStore.AddRange(Authorities);
        }

        return terms;
    }
}
