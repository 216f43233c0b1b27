using System.Runtime.InteropServices;

namespace Quartier.Contracts.Retention;

/// <summary>What moves to an earlier expiry day of one datastream.</summary>
/// <param name="Readings">Single readings.</param>
/// <param name="Annotations">What Observations hold beside some of these.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MovedReadings(long Readings, long Annotations);
