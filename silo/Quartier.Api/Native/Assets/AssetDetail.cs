using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Quartier.Api.Native.Assets;

/// <summary>An asset with the sensors mounted on it.</summary>
internal sealed record AssetDetail : AssetItem
{
    public AssetDetail(AssetItem item)
        : base(item)
    {
    }

    /// <summary>Keys of the sensors, <c>gateway/sensor</c>.</summary>
    [JsonPropertyOrder(1)]
    public required ImmutableArray<string> Sensors { get; init; }
}
