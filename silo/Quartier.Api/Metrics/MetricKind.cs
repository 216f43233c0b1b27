namespace Quartier.Api.Metrics;

/// <summary>Kinds of metric in the text format.</summary>
public enum MetricKind : byte
{
    /// <summary>Only grows, until a restart.</summary>
    Counter = 0,

    /// <summary>Goes up and down.</summary>
    Gauge = 1,
}
