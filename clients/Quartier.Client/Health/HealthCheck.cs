namespace Quartier.Client.Health;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="Status"><c>ok</c>, <c>degraded</c> or <c>unavailable</c>.</param>
/// <param name="Detail">For people.</param>
public sealed record HealthCheck(
    string Name,
    string Status,
    string Detail);
