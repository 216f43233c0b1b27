using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Judgement;

/// <summary>
/// The flags that follow from a reading's neighbours (<see cref="Quality.Step"/>, <see cref="Quality.Stuck"/>, <see cref="Quality.Gap"/>), as a fold
/// over readings in order of time. The same fold serves the live twin (one state for each datastream, 32 bytes) and readings read from the store.
/// A silence longer than the definition's StuckAfter ends a run of equal values: silence is not sameness.
/// </summary>
public struct DerivedQuality
{
    private const double GapFactor = 1.5;

    private bool _any;
    private long _lastMs;
    private double _lastValue;
    private long _runStartMs;

    /// <summary>Time of the last reading seen in milliseconds since 1970-01-01T00:00:00Z; null before the first.</summary>
    public readonly long? LastMs => _any ? _lastMs : null;

    /// <summary>Its value.</summary>
    public readonly double LastValue => _lastValue;

    /// <summary>Since when the value has been the same, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public readonly long RunStartMs => _runStartMs;

    /// <summary>A state that was kept: its <see cref="LastMs"/>, <see cref="LastValue"/> and <see cref="RunStartMs"/>.</summary>
    public static DerivedQuality Restore(long lastMs, double lastValue, long runStartMs) =>
        new() { _any = true, _lastMs = lastMs, _lastValue = lastValue, _runStartMs = runStartMs };

    /// <summary>A state that has seen one reading: the predecessor of a range.</summary>
    /// <param name="timeMs">Its time in milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="value">Its value.</param>
    public static DerivedQuality After(long timeMs, double value) =>
        new() { _any = true, _lastMs = timeMs, _lastValue = value, _runStartMs = timeMs };

    /// <summary>
    /// How far before a range readings must be read, so that folding them gives the flags that the whole history would give. When nothing lies in
    /// that span, the last reading before it (for example from an aggregate over everything before the range) is all that is needed:
    /// see <see cref="After"/>.
    /// </summary>
    /// <param name="definition">The datastream.</param>
    /// <returns>Milliseconds.</returns>
    public static long LookBackMs(DatastreamDefinition definition) => 2 * definition.StuckAfterMs;

    /// <summary>The derived flags of readings in order of time, added to what is stored with them.</summary>
    /// <param name="definition">The datastream.</param>
    /// <param name="before">The state after the readings before the range.</param>
    /// <param name="readings">In ascending order of time; replaced in place.</param>
    public static void Annotate(DatastreamDefinition definition, DerivedQuality before, Span<Reading> readings)
    {
        for (var i = 0; i < readings.Length; i++)
        {
            readings[i] = readings[i] with { Quality = readings[i].Quality | before.Next(definition, readings[i]) };
        }
    }

    /// <summary>Takes the next reading in order of time and returns its derived flags. One that is not newer than the last has no effect and no flags.</summary>
    /// <param name="definition">The datastream.</param>
    /// <param name="reading">The reading.</param>
    public Quality Next(DatastreamDefinition definition, in Reading reading)
    {
        if (!_any)
        {
            this = After(reading.TimeMs, reading.Value);
            return Quality.Good;
        }

        var since = reading.TimeMs - _lastMs;
        if (since <= 0)
        {
            return Quality.Good;
        }

        var quality = Quality.Good;
        if (definition.IntervalMs > 0 && since > GapFactor * definition.IntervalMs)
        {
            quality |= Quality.Gap;
        }

        if (Math.Abs(reading.Value - _lastValue) > definition.MaxStep)
        {
            quality |= Quality.Step;
        }

        if (definition.StuckAfterMs > 0)
        {
            _runStartMs = reading.Value.Equals(_lastValue) && since <= definition.StuckAfterMs ? _runStartMs : reading.TimeMs;
            quality |= reading.TimeMs - _runStartMs > definition.StuckAfterMs ? Quality.Stuck : Quality.Good;
        }

        _lastMs = reading.TimeMs;
        _lastValue = reading.Value;
        return quality;
    }
}
