namespace Quartier.Client.Cities;

/// <summary>A district with its live state.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Office">Id of its office.</param>
/// <param name="RetentionDays">Longest time that readings are kept.</param>
/// <param name="Now">What counts as now in it.</param>
/// <param name="Coverage">Which sensors report.</param>
/// <param name="Alerts">Open alerts.</param>
/// <param name="Live">Aggregates of the current window by property.</param>
public sealed record District(
    string Id,
    string Name,
    string Office,
    int RetentionDays,
    DateTimeOffset? Now,
    Coverage Coverage,
    AlertCounts Alerts,
    IReadOnlyList<LiveAggregate> Live);
