namespace Quartier.Engine;

/// <summary>How a call may be run, from the attributes of its method.</summary>
[Flags]
public enum CallOptions : byte
{
    /// <summary>Alone on its activation.</summary>
    None = 0,

    /// <summary>Beside other read-only calls.</summary>
    ReadOnly = 1,

    /// <summary>Beside any call.</summary>
    AlwaysInterleave = 2,

    /// <summary>Nobody waits for the answer.</summary>
    OneWay = 4,

    /// <summary>Does not count as use of the activation.</summary>
    Unnoticed = 8,
}
