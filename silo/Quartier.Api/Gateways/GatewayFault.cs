namespace Quartier.Api.Gateways;

/// <summary>What is wrong with what a gateway sent to prove itself.</summary>
public enum GatewayFault : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It is no credential of this gateway.</summary>
    Wrong = 1,

    /// <summary>It was one, and was revoked or has expired.</summary>
    Ended = 2,

    /// <summary>Too many passwords wait to be checked: try again.</summary>
    Busy = 3,
}
