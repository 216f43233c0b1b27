using System.Runtime.InteropServices;

namespace Quartier.Contracts.Readings;

/// <summary>Over which times the Observations of some readings stretch, in milliseconds since 1970-01-01T00:00:00Z.</summary>
/// <param name="FirstMs">Where the first phenomenon time begins.</param>
/// <param name="LastMs">Where the last phenomenon time ends.</param>
/// <param name="FirstResultMs">When the first result became known: at its own result time, else when its phenomenon time ended.</param>
/// <param name="LastResultMs">When the last result became known.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReadingTimes(long FirstMs, long LastMs, long FirstResultMs, long LastResultMs)
{
    /// <summary>Those of both; of none and another the other's.</summary>
    public static ReadingTimes? Join(ReadingTimes? one, ReadingTimes? other) => one is { } a && other is { } b
        ? new(Math.Min(a.FirstMs, b.FirstMs), Math.Max(a.LastMs, b.LastMs), Math.Min(a.FirstResultMs, b.FirstResultMs), Math.Max(a.LastResultMs, b.LastResultMs))
        : one ?? other;
}
