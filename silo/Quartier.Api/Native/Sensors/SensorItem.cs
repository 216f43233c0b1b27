using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Sensors;

/// <summary>A sensor in a list.</summary>
internal sealed record SensorItem : SensorHead
{
    public SensorItem(SensorDefinition d, double[]? location)
        : base(d.Gateway, d.Id, d.Name, d.District, d.Office, d.Asset, location)
    {
    }

    [JsonPropertyOrder(1)]
    public required ImmutableArray<DatastreamItem> Datastreams { get; init; }
}
