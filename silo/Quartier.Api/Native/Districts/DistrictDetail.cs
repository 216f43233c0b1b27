using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Quartier.Api.Native.Districts;

/// <summary>A district with the ids of what is in it.</summary>
internal sealed record DistrictDetail : DistrictItem
{
    public DistrictDetail(DistrictItem item)
        : base(item)
    {
    }

    /// <summary>Keys of its sensors, <c>gateway/sensor</c>.</summary>
    [JsonPropertyOrder(1)]
    public required ImmutableArray<string> Sensors { get; init; }

    /// <summary>Ids of its assets.</summary>
    [JsonPropertyOrder(1)]
    public required ImmutableArray<string> Assets { get; init; }
}
