namespace Quartier.Client.Retention;

/// <summary>A place that was looked into.</summary>
/// <param name="Place">Its name.</param>
/// <param name="Examined">Files, rows or grains looked at.</param>
public sealed record ExaminedPlace(string Place, long Examined);
