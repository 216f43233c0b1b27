using System.Runtime.InteropServices;

namespace Quartier.Contracts.Readings;

/// <summary>The times of the readings of a part of the range that was asked for.</summary>
/// <param name="Times">Null when there are no readings in the part.</param>
/// <param name="ReachedMs">The part's end: continue from here while it is below the range's.</param>
/// <param name="Examined">Readings looked at: none of those whose times are remembered.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TimesFound(ReadingTimes? Times, long ReachedMs, int Examined);
