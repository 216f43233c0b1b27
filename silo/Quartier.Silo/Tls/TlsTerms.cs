using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Quartier.Api.Gateways;

namespace Quartier.Silo.Tls;

/// <summary>
/// What handshakes are agreed on: TLS 1.2 or 1.3, the certificate that counts at that moment, and one protocol by name, so that what was meant for a listener of another
/// protocol is not taken here. MQTT asks for a client certificate and takes only what the own authority issued; a client without one must prove itself otherwise.
/// </summary>
internal sealed class TlsTerms(ServerCertificate certificate, GatewayAuthority authority)
{
    /// <summary>A handshake that takes longer is broken off: ten seconds are many round trips even over satellite.</summary>
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>For the page and the API.</summary>
    public TlsHandshakeCallbackOptions ForHttp() => new()
    {
        HandshakeTimeout = HandshakeTimeout,
        OnConnection = _ => ValueTask.FromResult(Options([SslApplicationProtocol.Http2, SslApplicationProtocol.Http11])),
    };

    /// <summary>For gateways.</summary>
    public TlsHandshakeCallbackOptions ForMqtt() => new()
    {
        HandshakeTimeout = HandshakeTimeout,
        OnConnection = _ => ValueTask.FromResult(WithClients(Options([new SslApplicationProtocol("mqtt")]))),
    };

    private SslServerAuthenticationOptions Options(List<SslApplicationProtocol> protocols) => new()
    {
        ServerCertificateContext = certificate.Current.Context,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
        EncryptionPolicy = EncryptionPolicy.RequireEncryption,
        ApplicationProtocols = protocols,
    };

    private SslServerAuthenticationOptions WithClients(SslServerAuthenticationOptions options)
    {
        options.ClientCertificateRequired = true;
        options.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;

        // So that nothing is fetched from addresses that a stranger's certificate names.
        options.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        options.CertificateChainPolicy.CustomTrustStore.Add(authority.Certificate);
        options.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is null || (shown is X509Certificate2 client && authority.Trusts(client));
        return options;
    }
}
