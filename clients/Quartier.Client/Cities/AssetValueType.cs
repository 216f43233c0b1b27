namespace Quartier.Client.Cities;

/// <summary>A value that assets of a type have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">For people.</param>
/// <param name="Unit">UCUM code.</param>
public sealed record AssetValueType(
    string Name,
    Bilingual Label,
    string Unit);
