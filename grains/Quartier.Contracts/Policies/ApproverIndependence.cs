namespace Quartier.Contracts.Policies;

/// <summary>Whether whoever approved a version is somebody else than its proposer, as far as the accounts tell.</summary>
public enum ApproverIndependence : byte
{
    /// <summary>It was not approved, or by an earlier program that did not look.</summary>
    Unknown = 0,

    /// <summary>Nobody who could be the proposer made or changed the approver's account, keys or sign-in links within the time that is looked at.</summary>
    Independent = 1,

    /// <summary>
    /// The proposer, or whoever holds the machine's local key, made or changed the approver's account, a key or a sign-in link of it shortly before, and so
    /// could have approved alone.
    /// </summary>
    Doubtful = 2,
}
