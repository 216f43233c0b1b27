using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Retention;
using Quartier.Domain.Retention;

namespace Quartier.Grains.Sensors;

/// <summary>Takes expired readings out of what a sensor keeps of itself.</summary>
internal static class SensorForgetting
{
    /// <summary>Whether the live state or the kept one holds something that has expired.</summary>
    public static bool HoldsExpired(SensorTwin? twin, SensorSnapshot kept, ImmutableArray<ForgetBefore> cutoffs)
    {
        if (!ReferenceEquals(Redact(kept, twin?.Plan, cutoffs), kept))
        {
            return true;
        }

        if (twin is null)
        {
            return false;
        }

        var since = twin.SinceSnapshot;
        var live = twin.Save();
        twin.NoteUnsaved(since);
        return !ReferenceEquals(Redact(live, twin.Plan, cutoffs), live);
    }

    /// <summary>The snapshot without what has expired; the same object when there is nothing.</summary>
    public static SensorSnapshot Redact(SensorSnapshot kept, SensorPlan? plan, ImmutableArray<ForgetBefore> cutoffs)
    {
        var before = cutoffs.ToDictionary(c => c.Stream[(c.Stream.LastIndexOf('/') + 1)..], c => c.BeforeMs, StringComparer.Ordinal);
        var strictest = cutoffs.IsEmpty ? long.MinValue : cutoffs.Max(c => c.BeforeMs);
        var datastreams = kept.Datastreams.Select(d => Redact(d, before.GetValueOrDefault(d.Property, long.MinValue))).ToImmutableArray();
        var rules = RuleForgetting.Redact(
            kept.Rules,
            property => before.GetValueOrDefault(property, strictest),
            rule => before.GetValueOrDefault(PropertyOf(plan, rule), strictest));
        var isSame = rules == kept.Rules && datastreams.AsSpan().SequenceEqual(kept.Datastreams.AsSpan());
        return isSame ? kept : new() { Datastreams = datastreams, Rules = rules, Books = kept.Books };
    }

    private static string PropertyOf(SensorPlan? plan, string rule) =>
        plan?.Definition.Rules.FirstOrDefault(r => string.Equals(r.Id, rule, StringComparison.Ordinal))?.Property ?? string.Empty;

    private static DatastreamSnapshot Redact(DatastreamSnapshot kept, long beforeMs) => kept with
    {
        Latest = kept.Latest is { } latest && latest.TimeMs < beforeMs ? null : kept.Latest,
        Minute = Redact(kept.Minute, beforeMs),
        Hour = Redact(kept.Hour, beforeMs),
        Day = Redact(kept.Day, beforeMs),
    };

    private static AggregateRow? Redact(AggregateRow? window, long beforeMs) => window is { } row && row.LastMs < beforeMs ? null : window;
}
