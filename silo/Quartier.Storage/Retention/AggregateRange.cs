using Quartier.Storage.Readings;

namespace Quartier.Storage.Retention;

/// <summary>What an aggregate is asked for: windows of one length within [FromMs, ToMs).</summary>
internal readonly record struct AggregateRange(long FromMs, long ToMs, long WindowMs, long OriginMs)
{
    /// <summary>Whether windows begin and end at full UTC hours.</summary>
    public bool IsHourly => WindowMs % RollUpParts.HourMs == 0 && OriginMs % RollUpParts.HourMs == 0;

    /// <summary>UTC days whose readings may belong to the range.</summary>
    public (int First, int Last) SourceDays =>
        (EventDay.Of(Math.Max(FromMs, EventDay.EarliestMs)), EventDay.Of(Math.Min(ToMs - 1, EventDay.LatestMs)));

    /// <summary>The window of the time.</summary>
    public long WindowOf(long timeMs)
    {
        var (quotient, remainder) = Math.DivRem(timeMs - OriginMs, WindowMs);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    /// <summary>Whether [startMs, endMs) lies within the range and within one window.</summary>
    public bool Holds(long startMs, long endMs) => startMs >= FromMs && endMs <= ToMs && WindowOf(startMs) == WindowOf(endMs - 1);
}
