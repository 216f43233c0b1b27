namespace Quartier.Simulation.Faults;

/// <summary>What happens to the machine.</summary>
internal enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The process is stopped and started again.</summary>
    Restart,

    /// <summary>The process is killed before it has done anything with what has just arrived.</summary>
    Kill,

    /// <summary>The process is killed when the grains have taken the messages and the disk has nothing yet.</summary>
    KillUnsynced,

    /// <summary>Power is lost at the same moment.</summary>
    PowerLoss,

    /// <summary>Power is lost in the middle of one of the next operations of the disk.</summary>
    PowerLossAtStep,
}
