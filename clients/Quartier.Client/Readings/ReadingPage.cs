namespace Quartier.Client.Readings;

/// <summary>A page of readings in order of time.</summary>
/// <param name="Unit">UCUM code.</param>
/// <param name="Items">The readings.</param>
/// <param name="Next">The <c>from</c> of the next page, or null.</param>
public sealed record ReadingPage(
    string Unit,
    IReadOnlyList<Reading> Items,
    DateTimeOffset? Next);
