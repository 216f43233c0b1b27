namespace Quartier.Contracts.Rules;

/// <summary>Where a rule's condition stands for one subject.</summary>
public enum RulePhase : byte
{
    /// <summary>The condition does not hold.</summary>
    Idle = 0,

    /// <summary>It holds, but not yet for long enough.</summary>
    Holding = 1,

    /// <summary>It has held for long enough: an alert is raised.</summary>
    Raised = 2,
}
