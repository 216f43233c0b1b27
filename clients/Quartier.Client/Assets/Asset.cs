namespace Quartier.Client.Assets;

/// <summary>An asset with its live state.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">Id of its type.</param>
/// <param name="Name">For people.</param>
/// <param name="District">Id of its district.</param>
/// <param name="Office">Id of its office.</param>
/// <param name="Location">Longitude and latitude (WGS 84), or null.</param>
/// <param name="Attributes">Numbers that its type asks for.</param>
/// <param name="Time">Event time of the newest input.</param>
/// <param name="Status">Id of the status that holds, or null.</param>
/// <param name="Stale">True when nothing came for too long.</param>
/// <param name="Values">Inputs and computed values by name.</param>
/// <param name="Withheld">Why the caller may not see all of it, or null.</param>
public sealed record Asset(
    string Id,
    string Type,
    string Name,
    string District,
    string Office,
    IReadOnlyList<double>? Location,
    IReadOnlyDictionary<string, double?> Attributes,
    DateTimeOffset? Time,
    string? Status,
    bool Stale,
    IReadOnlyDictionary<string, AssetValue> Values,
    string? Withheld);
