using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Quartier.Contracts.Registry;

namespace Quartier.Silo.Bridges;

/// <summary>The line to a broker: TCP, and TLS 1.2 or 1.3 unless the registry names that it is not encrypted.</summary>
internal static class BridgeTransport
{
    /// <summary>Connects. Disposing the stream closes the line.</summary>
    /// <exception cref="IOException">A file is missing or unusable.</exception>
    /// <exception cref="SocketException">The broker cannot be reached.</exception>
    /// <exception cref="AuthenticationException">One side does not trust the other's certificate.</exception>
    public static async Task<Stream> ConnectAsync(string city, BridgeDefinition bridge, BridgeFiles files, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(bridge.Host, bridge.Port, cancellationToken).ConfigureAwait(false);
            var plain = new NetworkStream(socket, ownsSocket: true);
            return bridge.Plaintext ? plain : await SecureAsync(plain, city, bridge, files, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(
        Stream plain, string city, BridgeDefinition bridge, BridgeFiles files, CancellationToken cancellationToken)
    {
        using var certificate = files.Certificate(city, bridge);
        var secure = new SslStream(plain);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = bridge.Host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = Policy(files.Authorities(city, bridge)),
            ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
        };
        try
        {
            await secure.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Revocation is not asked for: a city's own authority seldom answers, and a bridge must not stop because it does not.</summary>
    private static X509ChainPolicy Policy(X509Certificate2Collection? authorities)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
        }

        return policy;
    }
}
