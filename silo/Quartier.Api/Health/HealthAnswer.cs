namespace Quartier.Api.Health;

/// <summary>The worst of all checks, and each of them.</summary>
internal sealed record HealthAnswer(string Status, HealthCheckItem[] Checks);
