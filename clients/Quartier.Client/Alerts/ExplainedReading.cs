namespace Quartier.Client.Alerts;

/// <summary>A reading on which an alert rests.</summary>
/// <param name="Property">Its property.</param>
/// <param name="Time">Phenomenon time.</param>
/// <param name="Value">Null when withheld.</param>
/// <param name="Quality">What is held against it; empty when good.</param>
public sealed record ExplainedReading(
    string Property,
    DateTimeOffset Time,
    double? Value,
    IReadOnlyList<string> Quality);
