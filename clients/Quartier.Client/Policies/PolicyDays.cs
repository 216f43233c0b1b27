namespace Quartier.Client.Policies;

/// <summary>How many days each resolution is kept; 0 for not at all.</summary>
public sealed record PolicyDays(
    int Raw,
    int Hour,
    int Day);
