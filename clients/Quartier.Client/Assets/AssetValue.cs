namespace Quartier.Client.Assets;

/// <summary>A value of an asset.</summary>
/// <param name="Time">Event time.</param>
/// <param name="Value">Null when unknown or withheld.</param>
/// <param name="Unit">UCUM code.</param>
/// <param name="Quality">What is held against it; empty when good.</param>
public sealed record AssetValue(
    DateTimeOffset? Time,
    double? Value,
    string Unit,
    IReadOnlyList<string> Quality);
