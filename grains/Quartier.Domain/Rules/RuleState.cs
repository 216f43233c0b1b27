using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Rules;

namespace Quartier.Domain.Rules;

/// <summary>
/// What one rule remembers about one subject (72 bytes). The default value has seen nothing. Stored as <see cref="RuleSnapshot"/>.
/// </summary>
public struct RuleState
{
    internal RulePhase Phase;
    internal bool Below;
    internal bool Any;
    internal long RaisedMs;
    internal double Extreme;

    /// <summary>Default while there is none.</summary>
    internal ImmutableArray<ExplainedReading> Evidence;

    /// <summary>Readings of a sum that wait for others; null while none ever did.</summary>
    internal SumJoin? Join;

    // A reading ends in a quality of two bytes and six of air: taken apart, two of them and the flags above share one such end.
    private Quality _startQuality;
    private Quality _lastQuality;
    private long _startMs;
    private long _lastMs;
    private double _startValue;
    private double _lastValue;

    /// <summary>Where the condition stands.</summary>
    public readonly RulePhase CurrentPhase => Phase;

    /// <summary>Time of the newest reading that the rule has judged, in milliseconds since 1970-01-01T00:00:00Z; null before the first.</summary>
    public readonly long? LastMs => Any ? _lastMs : null;

    internal Reading Start
    {
        readonly get => new(_startMs, _startValue, _startQuality);
        set => (_startMs, _startValue, _startQuality) = value;
    }

    internal Reading Last
    {
        readonly get => new(_lastMs, _lastValue, _lastQuality);
        set => (_lastMs, _lastValue, _lastQuality) = value;
    }

    internal static RuleState Restore(RuleSnapshot snapshot, CompiledRule rule) => new()
    {
        Phase = snapshot.Phase,
        Below = snapshot.Below,
        Any = snapshot.Last is not null,
        Start = snapshot.Start ?? default,
        Last = snapshot.Last ?? default,
        RaisedMs = snapshot.RaisedMs,
        Extreme = snapshot.Extreme,
        Evidence = snapshot.Evidence.IsEmpty ? default : snapshot.Evidence,
        Join = snapshot.Pending.IsEmpty ? null : SumJoin.Restore(snapshot.Pending, rule.Names),
    };

    internal readonly RuleSnapshot Save(CompiledRule rule) => new(
        rule.Definition.Id,
        rule.Definition.Version,
        Phase,
        Below,
        Phase == RulePhase.Idle ? null : Start,
        Any ? Last : null,
        RaisedMs,
        Extreme,
        Evidence.IsDefault ? [] : Evidence,
        Join?.Save(rule.Names) ?? []);

    /// <summary>Takes the reading as the newest judged; false when it is not newer.</summary>
    internal bool TryTake(in Reading reading)
    {
        if (Any && reading.TimeMs <= Last.TimeMs)
        {
            return false;
        }

        Any = true;
        Last = reading;
        return true;
    }

    internal void Begin(in Reading reading, double extreme)
    {
        Phase = RulePhase.Holding;
        Start = reading;
        Extreme = extreme;
        RaisedMs = 0;
        Evidence = default;
    }

    /// <summary>Forgets the occurrence, so that equal histories leave equal states.</summary>
    internal void End()
    {
        Phase = RulePhase.Idle;
        Below = false;
        Start = default;
        Extreme = 0;
        RaisedMs = 0;
        Evidence = default;
    }
}
