namespace Quartier.Api.Health;

/// <summary>How well a part works.</summary>
public enum HealthStatus : byte
{
    /// <summary>As it should.</summary>
    Ok = 0,

    /// <summary>It works, and someone should look.</summary>
    Degraded = 1,

    /// <summary>It does not work.</summary>
    Unavailable = 2,
}
