namespace Quartier.Client.Books;

/// <summary>What a sensor sent.</summary>
/// <param name="Sensor"><c>gateway/sensor</c>.</param>
/// <param name="Received">What arrived.</param>
/// <param name="Stored">Of this, stored.</param>
/// <param name="Duplicate">Of this, known already.</param>
/// <param name="Refused">Of this, refused, by reason.</param>
/// <param name="Balanced">True when the sum is right.</param>
public sealed record SensorBooks(
    string Sensor,
    long Received,
    long Stored,
    long Duplicate,
    IReadOnlyDictionary<string, long> Refused,
    bool Balanced);
