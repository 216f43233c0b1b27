namespace Quartier.Contracts.Registry;

/// <summary>The kinds of rule that exist so far.</summary>
public enum RuleKind : byte
{
    /// <summary>A value crosses a threshold and stays there.</summary>
    Threshold = 0,

    /// <summary>No reading for longer than allowed.</summary>
    Missing = 1,

    /// <summary>The value does not change although it should.</summary>
    Stuck = 2,

    /// <summary>Parts do not add up to the reported total.</summary>
    InconsistentSum = 3,
}
