namespace Quartier.Client.Registers;

/// <summary>How long a resolution is kept.</summary>
/// <param name="Resolution"><c>raw</c>, <c>hour</c> or <c>day</c>.</param>
/// <param name="Days">Days from the end of the day of measurement.</param>
public sealed record StreamRetention(string Resolution, int Days);
