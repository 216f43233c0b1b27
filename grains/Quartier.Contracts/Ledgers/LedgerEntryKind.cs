namespace Quartier.Contracts.Ledgers;

/// <summary>What an entry of the ledger records. The words are part of the format: entries carry them in kebab case.</summary>
public enum LedgerEntryKind : byte
{
    /// <summary>Data were read.</summary>
    Read = 0,

    /// <summary>A read was denied.</summary>
    Denial = 1,

    /// <summary>A policy was proposed, approved, withdrawn, or came into force.</summary>
    Policy = 2,

    /// <summary>The registry changed: sensors, assets, rules.</summary>
    Registry = 3,

    /// <summary>Someone signed in or out, or tried to.</summary>
    SignIn = 4,

    /// <summary>A person, a role or a key was created, changed or revoked.</summary>
    Key = 5,

    /// <summary>Readings were deleted at the end of their retention; the entry is the certificate.</summary>
    Deletion = 6,

    /// <summary>Data were exported, or a backup was made.</summary>
    Export = 7,

    /// <summary>The data-protection officer resolved a pseudonym or read the ledger.</summary>
    Inspection = 8,

    /// <summary>Someone acted on an alert.</summary>
    Alert = 9,

    /// <summary>The first entry of a log that follows one which did not hold: who accepted the break, and why.</summary>
    Break = 10,

    /// <summary>What people read of an Observation was corrected, or it was withdrawn.</summary>
    Correction = 11,
}
