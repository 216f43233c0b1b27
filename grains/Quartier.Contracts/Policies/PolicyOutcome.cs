namespace Quartier.Contracts.Policies;

/// <summary>What became of a proposal, an approval or a withdrawal.</summary>
public enum PolicyOutcome : byte
{
    /// <summary>It was done; or, for a check, it could be.</summary>
    Done = 0,

    /// <summary>The text is the one that was approved or proposed last: nothing was done.</summary>
    Unchanged = 1,

    /// <summary>The document has problems.</summary>
    Unsound = 2,

    /// <summary>The city is not registered.</summary>
    NotRegistered = 3,

    /// <summary>There is no such version.</summary>
    UnknownVersion = 4,

    /// <summary>The proposer cannot approve the own proposal, and only persons approve.</summary>
    SamePerson = 5,

    /// <summary>It has been approved or withdrawn already.</summary>
    Decided = 6,

    /// <summary>Too many proposals wait.</summary>
    TooMany = 7,

    /// <summary>The stated time lies too far ahead.</summary>
    TooFarAhead = 8,
}
