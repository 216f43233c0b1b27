namespace Quartier.Contracts.Policies;

/// <summary>Where a version of a policy document stands.</summary>
public enum PolicyState : byte
{
    /// <summary>Proposed by one person, waiting for another.</summary>
    Proposed = 0,

    /// <summary>Approved by a second person; in force from its time on, until a later one is.</summary>
    Approved = 1,

    /// <summary>Rejected by a second person, or withdrawn by whoever proposed it.</summary>
    Withdrawn = 2,
}
