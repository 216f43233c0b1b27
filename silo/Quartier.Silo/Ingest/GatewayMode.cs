namespace Quartier.Silo.Ingest;

/// <summary>Whether a client must prove itself.</summary>
internal enum GatewayMode
{
    /// <summary>Always: whoever proves nothing is refused.</summary>
    Credentials = 0,

    /// <summary>
    /// On this machine clients may connect without proof, read as the public, and publish for gateways that never had a credential. The first ten minutes of a city, and
    /// nothing that others can reach.
    /// </summary>
    Local = 1,
}
