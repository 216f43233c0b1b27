namespace Quartier.Client.Cities;

/// <summary>A kind of asset.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Headline">Name of the value that a map shows.</param>
/// <param name="Values">Inputs and computed values.</param>
/// <param name="Statuses">What it can be.</param>
public sealed record AssetType(
    string Id,
    Bilingual Name,
    string Headline,
    IReadOnlyList<AssetValueType> Values,
    IReadOnlyList<AssetStatusType> Statuses);
