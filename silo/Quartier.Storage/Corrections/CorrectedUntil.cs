using System.Runtime.InteropServices;

namespace Quartier.Storage.Corrections;

/// <summary>Until when a datastream has readings that were corrected.</summary>
/// <param name="ExpiryDay">The last expiry day of one; 0 when there is none.</param>
/// <param name="LastMs">The last time of one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CorrectedUntil(int ExpiryDay, long LastMs)
{
    /// <summary>Whether readings at or after the time may have been corrected.</summary>
    public bool Reaches(long fromMs) => ExpiryDay > 0 && fromMs <= LastMs;

    /// <summary>With one more.</summary>
    public CorrectedUntil With(int expiryDay, long timeMs) =>
        ExpiryDay == 0 ? new(expiryDay, timeMs) : new(Math.Max(ExpiryDay, expiryDay), Math.Max(LastMs, timeMs));
}
