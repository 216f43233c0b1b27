namespace Quartier.Api.SensorThings.Writing;

/// <summary>How far the withdrawal of a feature's Observations has come.</summary>
internal sealed class WithdrawnObservations
{
    /// <summary>Whether the feature is still there: Observations had to be withdrawn before, or may arrive.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The reading store's ticket of those that were withdrawn; 0 when none was.</summary>
    public long Ticket { get; set; }
}
