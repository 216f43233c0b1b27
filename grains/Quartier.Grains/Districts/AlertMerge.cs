using Quartier.Contracts.Alerts;

namespace Quartier.Grains.Districts;

/// <summary>
/// How a repeated or later report of an alert meets what is recorded. The rule's own times win, what people did is kept,
/// and a resolved alert is never raised again: a new occurrence has a new start and so another id.
/// </summary>
internal static class AlertMerge
{
    /// <summary>The alert to record, or null when the report changes nothing.</summary>
    public static Alert? Merge(Alert? recorded, Alert reported)
    {
        if (recorded is null)
        {
            return reported;
        }

        if (recorded.State == AlertState.Resolved || reported.State != AlertState.Resolved)
        {
            return null;
        }

        return recorded with { State = AlertState.Resolved, ResolvedMs = reported.ResolvedMs };
    }

    /// <summary>The alert after someone has taken it, or null when that changes nothing.</summary>
    public static Alert? Acknowledge(Alert recorded, string by)
    {
        if (recorded.AcknowledgedBy is not null)
        {
            return null;
        }

        var state = recorded.State == AlertState.Raised ? AlertState.Acknowledged : recorded.State;
        return recorded with { State = state, AcknowledgedBy = by };
    }
}
