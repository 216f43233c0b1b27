namespace Quartier.Client.Cities;

/// <summary>A text for people.</summary>
/// <param name="De">German.</param>
/// <param name="En">English.</param>
public sealed record Bilingual(
    string De,
    string En);
