namespace Quartier.Api.Health;

/// <summary>A named look at a part; see <c>AddQuartierHealthCheck</c>.</summary>
internal sealed record HealthCheck(string Name, Func<CancellationToken, ValueTask<HealthFinding>> Look);
