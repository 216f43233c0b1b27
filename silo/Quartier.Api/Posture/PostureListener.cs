namespace Quartier.Api.Posture;

/// <summary>Where the host can be reached.</summary>
/// <param name="Name"><c>http</c>, <c>https</c>, <c>mqtt</c> or <c>mqtts</c>.</param>
/// <param name="Address">Address and port.</param>
/// <param name="Encrypted">Whether TLS is spoken.</param>
/// <param name="Local">Whether this machine alone reaches it.</param>
public sealed record PostureListener(string Name, string Address, bool Encrypted, bool Local);
