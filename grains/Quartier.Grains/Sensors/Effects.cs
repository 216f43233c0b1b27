using Quartier.Contracts.Alerts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;

namespace Quartier.Grains.Sensors;

/// <summary>
/// What a run of readings brought about, collected before anybody is called. One for each thread: it is filled and emptied within one
/// synchronous stretch of a turn.
/// </summary>
internal sealed class Effects
{
    [ThreadStatic]
    private static Effects? _ofThread;

    /// <summary>Readings released in order of time, for one datastream at a time.</summary>
    public List<Reading> Released { get; } = [];

    /// <summary>Alerts raised or resolved.</summary>
    public List<Alert> Alerts { get; } = [];

    /// <summary>Minutes closed.</summary>
    public List<PropertyAggregate> Minutes { get; } = [];

    /// <summary>Readings for the asset on which the sensor is mounted.</summary>
    public List<ExplainedReading> Observed { get; } = [];

    /// <summary>True when nobody needs to be told anything.</summary>
    public bool AreNone => Alerts.Count == 0 && Minutes.Count == 0 && Observed.Count == 0;

    /// <summary>The empty collection of this thread.</summary>
    public static Effects Empty()
    {
        var effects = _ofThread ??= new();
        effects.Released.Clear();
        effects.Alerts.Clear();
        effects.Minutes.Clear();
        effects.Observed.Clear();
        return effects;
    }
}
