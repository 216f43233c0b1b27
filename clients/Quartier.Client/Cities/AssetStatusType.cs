namespace Quartier.Client.Cities;

/// <summary>A status that assets of a type can have.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">For people.</param>
public sealed record AssetStatusType(
    string Id,
    Bilingual Text);
