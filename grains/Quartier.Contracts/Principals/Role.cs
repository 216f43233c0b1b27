namespace Quartier.Contracts.Principals;

/// <summary>What a person may do in the installation. A role opens no data by itself: only a grant of a district's policy does.</summary>
public enum Role : byte
{
    /// <summary>Registers cities, gateways and sensors; creates persons and keys; proposes policies.</summary>
    Administrator = 0,

    /// <summary>The control room: alerts, books, health.</summary>
    Operator = 1,

    /// <summary>Approves policies that another person has proposed.</summary>
    Approver = 2,

    /// <summary>The data-protection officer: the ledger, denials, certificates; may resolve pseudonyms, which is recorded.</summary>
    DataProtectionOfficer = 3,
}
