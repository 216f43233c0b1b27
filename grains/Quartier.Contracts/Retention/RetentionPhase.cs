namespace Quartier.Contracts.Retention;

/// <summary>How far a run of the retention has come. Each phase may be repeated; a run goes on where it stood.</summary>
public enum RetentionPhase : byte
{
    /// <summary>It has begun.</summary>
    Begun = 0,

    /// <summary>What moves to an earlier day is written down.</summary>
    MovesPlanned = 1,

    /// <summary>Shortened retentions are applied.</summary>
    Moved = 2,

    /// <summary>What expires is written down.</summary>
    Planned = 3,

    /// <summary>What the policy keeps is rolled up, and the sums are verified.</summary>
    RolledUp = 4,

    /// <summary>Expired partitions are dropped.</summary>
    Dropped = 5,

    /// <summary>Sensors, assets and alerts have forgotten what expired.</summary>
    Forgotten = 6,

    /// <summary>Every place was looked into, and the certificates say so.</summary>
    Signed = 7,

    /// <summary>The certificates are in the ledger.</summary>
    Done = 8,
}
