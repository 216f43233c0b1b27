namespace Quartier.Contracts.Districts;

/// <summary>Why a read is denied. The words are part of the interface: answers and the ledger carry them in kebab case.</summary>
public enum DenialReason : byte
{
    /// <summary>It is not denied.</summary>
    None = 0,

    /// <summary>City, district, sensor or datastream is not registered.</summary>
    NotRegistered = 1,

    /// <summary>No policy covers the datastream: it is in quarantine, where nobody reads.</summary>
    Quarantine = 2,

    /// <summary>A purpose must be stated, and it is not clear which one is meant.</summary>
    PurposeMissing = 3,

    /// <summary>The policy knows no such purpose.</summary>
    PurposeUnknown = 4,

    /// <summary>The datastream is not collected for this purpose.</summary>
    PurposeMismatch = 5,

    /// <summary>Nothing grants the datastream to the principal for this purpose.</summary>
    NoGrant = 6,

    /// <summary>The policy denies it by name, whatever else grants it.</summary>
    DeniedByPolicy = 7,

    /// <summary>The grant has ended.</summary>
    GrantExpired = 8,

    /// <summary>Finer than the floor of the grant.</summary>
    TooFine = 9,

    /// <summary>The grant is for aggregates over cells only.</summary>
    CellsOnly = 10,

    /// <summary>The sensor lies outside the area of the grant.</summary>
    OutsideArea = 11,

    /// <summary>The contract does not hold this datastream or this purpose.</summary>
    OutsideContract = 12,

    /// <summary>The contract has ended, or there is none of that id.</summary>
    ContractEnded = 13,

    /// <summary>The principal's credential has ended.</summary>
    CredentialEnded = 14,

    /// <summary>It holds more rows than the grant allows in one answer, and cannot be cut: only a message is refused for this, answers are clipped.</summary>
    RowLimit = 15,

    /// <summary>It holds what the grant redacts, and cannot be cut: only a message is refused for this, answers are redacted.</summary>
    Redacted = 16,
}
