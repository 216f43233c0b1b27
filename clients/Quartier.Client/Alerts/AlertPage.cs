namespace Quartier.Client.Alerts;

/// <summary>A page of alerts.</summary>
/// <param name="Items">The alerts.</param>
/// <param name="Next">The value for <c>after</c> of the next page, or null.</param>
public sealed record AlertPage(
    IReadOnlyList<Alert> Items,
    string? Next);
