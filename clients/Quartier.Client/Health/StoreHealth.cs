namespace Quartier.Client.Health;

/// <summary>Whether the store takes readings.</summary>
/// <param name="Accepting">False while it cannot write.</param>
/// <param name="Problem">Why, or null.</param>
/// <param name="SetAside">Damaged files.</param>
public sealed record StoreHealth(
    bool Accepting,
    string? Problem,
    IReadOnlyList<string> SetAside);
