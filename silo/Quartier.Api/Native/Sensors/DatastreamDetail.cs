using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Quartier.Api.Native.Readings;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Sensors;

/// <summary>A datastream with its definition and its open windows.</summary>
internal sealed record DatastreamDetail : DatastreamItem
{
    public DatastreamDetail(DatastreamItem item)
        : base(item)
    {
    }

    /// <summary>The question that it answers.</summary>
    [JsonPropertyOrder(1)]
    public required string Question { get; init; }

    [JsonPropertyOrder(1)]
    public required int RetentionDays { get; init; }

    /// <summary>Smallest plausible value, or null.</summary>
    [JsonPropertyOrder(1)]
    public required double? Min { get; init; }

    /// <summary>Greatest plausible value, or null.</summary>
    [JsonPropertyOrder(1)]
    public required double? Max { get; init; }

    /// <summary>Labels of a categorical property; empty for a measured one.</summary>
    [JsonPropertyOrder(1)]
    public required ImmutableArray<CodeLabel> Codes { get; init; }

    [JsonPropertyOrder(1)]
    public required AggregateItem? Minute { get; init; }

    [JsonPropertyOrder(1)]
    public required AggregateItem? Hour { get; init; }

    [JsonPropertyOrder(1)]
    public required AggregateItem? Day { get; init; }

    /// <summary>Readings that arrived behind the watermark; null when withheld.</summary>
    [JsonPropertyOrder(1)]
    public required long? Late { get; init; }

    /// <summary>Repeated times with another value; null when withheld.</summary>
    [JsonPropertyOrder(1)]
    public required long? Contradicted { get; init; }
}
