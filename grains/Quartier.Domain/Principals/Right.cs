namespace Quartier.Domain.Principals;

/// <summary>What a principal may do besides reading data, which grants decide and never a role.</summary>
public enum Right : byte
{
    /// <summary>Apply a registry file.</summary>
    ApplyRegistry = 0,

    /// <summary>Create, change and disable persons; make and revoke keys and sign-in links; see their lists.</summary>
    ChangeAccounts = 1,

    /// <summary>Propose a policy, or withdraw a proposal.</summary>
    ProposePolicy = 2,

    /// <summary>Approve a policy that somebody else proposed.</summary>
    ApprovePolicy = 3,

    /// <summary>Take alerts.</summary>
    AcknowledgeAlerts = 4,

    /// <summary>See the books: what arrived and what became of it.</summary>
    SeeBooks = 5,

    /// <summary>See the ledger's entries, denials and certificates.</summary>
    SeeLedger = 6,

    /// <summary>Learn which person stands behind a pseudonym of the ledger.</summary>
    ResolvePseudonyms = 7,

    /// <summary>Run retention now.</summary>
    RunRetention = 8,

    /// <summary>Make and prune backups.</summary>
    BackUp = 9,

    /// <summary>See all versions of policies, what they would change, and grants of single persons.</summary>
    SeePolicies = 10,

    /// <summary>See the record of processing activities and the draft impact assessment, and what changed since they were approved.</summary>
    SeeRecords = 11,

    /// <summary>Approve those records.</summary>
    ApproveRecords = 12,

    /// <summary>See contracts with the keys that are bound to them.</summary>
    SeeContracts = 13,

    /// <summary>Give gateways their credentials and end them; see which have one.</summary>
    ChangeGateways = 14,

    /// <summary>See the posture: listeners, certificates, weaknesses that were accepted, who is banned.</summary>
    SeePosture = 15,
}
