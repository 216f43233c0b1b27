using System.Collections.Immutable;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Retention;
using Quartier.Domain.Retention;

namespace Quartier.Grains.Assets;

/// <summary>Takes expired readings out of what an asset keeps of itself.</summary>
internal static class AssetForgetting
{
    /// <summary>The snapshot without what has expired; the same object when there is nothing.</summary>
    public static AssetSnapshot Redact(AssetSnapshot kept, ImmutableArray<ForgetBefore> cutoffs)
    {
        // Computed values are made of several datastreams: the shortest retention among them holds.
        var strictest = cutoffs.IsEmpty ? long.MinValue : cutoffs.Max(c => c.BeforeMs);
        var before = cutoffs.ToDictionary(c => c.Stream, c => c.BeforeMs, StringComparer.Ordinal);
        ImmutableArray<AssetInputSnapshot> inputs =
            [.. kept.Inputs.Where(i => i.Reading.TimeMs >= before.GetValueOrDefault($"{i.Gateway}/{i.Sensor}/{i.Property}", strictest))];
        ImmutableArray<SlopeSnapshot> slopes = [.. kept.Slopes.Select(s => Redact(s, strictest))];
        var rules = RuleForgetting.Redact(kept.Rules, _ => strictest, _ => strictest);
        return inputs.Length == kept.Inputs.Length && rules == kept.Rules && slopes.AsSpan().SequenceEqual(kept.Slopes.AsSpan())
            ? kept
            : new(inputs, slopes, rules);
    }

    private static SlopeSnapshot Redact(SlopeSnapshot slope, long beforeMs) =>
        slope.Points.Any(p => IsExpired(p, beforeMs)) ? slope with { Points = [.. slope.Points.Where(p => !IsExpired(p, beforeMs))] } : slope;

    private static bool IsExpired(in Reading point, long beforeMs) => point.TimeMs < beforeMs;
}
