namespace Quartier.Contracts.Alerts;

/// <summary>Where an alert stands.</summary>
public enum AlertState : byte
{
    /// <summary>The condition holds and nobody has taken it.</summary>
    Raised = 0,

    /// <summary>Someone has taken it; the condition may still hold.</summary>
    Acknowledged = 1,

    /// <summary>The condition no longer holds.</summary>
    Resolved = 2,
}
