namespace Quartier.Client.Readings;

/// <summary>Windows of a datastream; those without readings are absent.</summary>
/// <param name="Unit">UCUM code.</param>
/// <param name="Items">The windows in order of time.</param>
public sealed record AggregateList(
    string Unit,
    IReadOnlyList<Aggregate> Items);
