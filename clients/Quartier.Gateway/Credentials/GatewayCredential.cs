using System.Security.Cryptography.X509Certificates;

namespace Quartier.Gateway.Credentials;

/// <summary>By what one gateway proves itself: a password, a certificate with its key, or nothing.</summary>
/// <param name="UserName">What goes with the password: <c>city/gateway</c>; null for none.</param>
/// <param name="Password">In UTF-8; null for none.</param>
/// <param name="Certificate">With its key; null for none.</param>
public sealed record GatewayCredential(string? UserName, ReadOnlyMemory<byte>? Password, X509Certificate2? Certificate)
{
    /// <summary>Nothing.</summary>
    public static GatewayCredential None { get; } = new(null, null, null);

    /// <summary>Without the password, which belongs into no log.</summary>
    public override string ToString() => $"{UserName ?? "no user"}{(Certificate is null ? string.Empty : $", certificate of {Certificate.Subject}")}";
}
