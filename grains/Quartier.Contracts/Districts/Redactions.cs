namespace Quartier.Contracts.Districts;

/// <summary>What must be left out of an answer.</summary>
[Flags]
public enum Redactions : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The position of the sensor and of what it is mounted on.</summary>
    Location = 1,

    /// <summary>The quality flags.</summary>
    Quality = 2,
}
