namespace Quartier.Api.Metrics;

/// <summary>A part that writes its metrics when asked; see <c>AddQuartierMetrics</c>.</summary>
internal sealed record MetricSource(Action<MetricWriter> Write);
