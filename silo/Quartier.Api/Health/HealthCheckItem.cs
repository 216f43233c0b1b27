namespace Quartier.Api.Health;

/// <summary>One check.</summary>
internal sealed record HealthCheckItem(string Name, string Status, string Detail);
