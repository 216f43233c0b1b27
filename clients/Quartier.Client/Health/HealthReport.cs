namespace Quartier.Client.Health;

/// <summary>How the silo is.</summary>
/// <param name="Status"><c>ok</c>, <c>degraded</c> or <c>unavailable</c>.</param>
/// <param name="Checks">What was looked at.</param>
public sealed record HealthReport(
    string Status,
    IReadOnlyList<HealthCheck> Checks);
