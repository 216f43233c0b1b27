using System.Net;
using System.Security.Cryptography.X509Certificates;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Ingest;

/// <summary>What a client said about itself in CONNECT.</summary>
/// <param name="ClientId">The client identifier, assigned by the server when the client sent none.</param>
/// <param name="UserName">The user name, or null.</param>
/// <param name="Password">The password's bytes, empty when none came. Copied from the socket, valid without limit.</param>
/// <param name="RemoteEndPoint">Where the client connects from; null when the transport does not know.</param>
/// <param name="Version">The protocol version.</param>
/// <param name="Purpose">The user property <c>purpose</c> of MQTT 5, or null.</param>
public sealed record ConnectRequest(
    string ClientId, string? UserName, ReadOnlyMemory<byte> Password, EndPoint? RemoteEndPoint, ProtocolVersion Version, string? Purpose = null)
{
    /// <summary>The certificate by which the client proved itself when TLS began, already found valid by the transport; null when it sent none.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether the connection is encrypted.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Names the client without its password, which must never reach a log.</summary>
    public override string ToString() => $"{ClientId} from {RemoteEndPoint} (MQTT {(Version == ProtocolVersion.V5 ? "5" : "3.1.1")})";
}
