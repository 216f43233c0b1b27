namespace Quartier.Contracts.Gateways;

/// <summary>How a gateway proves itself.</summary>
public enum GatewayCredentialKind : byte
{
    /// <summary>A password, sent in CONNECT.</summary>
    Password = 0,

    /// <summary>A certificate that the installation's own authority issued, proved when TLS begins.</summary>
    Certificate = 1,
}
