namespace Quartier.Contracts.Retention;

/// <summary>A place that was looked into after the deletion and held nothing whose retention had ended.</summary>
/// <param name="Place">Its name.</param>
/// <param name="Examined">Files, rows or grains looked at.</param>
[GenerateSerializer, Immutable, Alias("quartier.CertifiedPlace")]
public sealed record CertifiedPlace([property: Id(0)] string Place, [property: Id(1)] long Examined);
