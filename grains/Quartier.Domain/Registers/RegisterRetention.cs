namespace Quartier.Domain.Registers;

/// <summary>How long one resolution is kept.</summary>
/// <param name="Resolution"><c>raw</c>, <c>hour</c> or <c>day</c>.</param>
/// <param name="Days">Days from the end of the day of measurement.</param>
public sealed record RegisterRetention(string Resolution, int Days);
