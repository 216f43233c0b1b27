using Quartier.Api.Json;

namespace Quartier.Api.Native.Assets;

/// <summary>An asset with its live values as the caller may see them.</summary>
internal record AssetItem(
    string Id,
    string Type,
    string Name,
    string District,
    string Office,
    double[]? Location,
    SortedDictionary<string, double?> Attributes,
    UtcTime? Time,
    string? Status,
    bool Stale,
    SortedDictionary<string, AssetValueItem> Values,
    string? Withheld);
