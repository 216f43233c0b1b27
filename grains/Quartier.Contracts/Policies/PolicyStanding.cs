namespace Quartier.Contracts.Policies;

/// <summary>Where a version stands at present.</summary>
public enum PolicyStanding : byte
{
    /// <summary>Waits for a second person.</summary>
    Proposed = 0,

    /// <summary>Approved, and takes effect later.</summary>
    Scheduled = 1,

    /// <summary>In force.</summary>
    InForce = 2,

    /// <summary>Was in force, or would have been, until a later one took its place.</summary>
    Superseded = 3,

    /// <summary>Withdrawn or rejected.</summary>
    Withdrawn = 4,
}
