using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Quartier.Api.Native.Books;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Sensors;

/// <summary>A sensor with everything that is known about its datastreams, its rules and its books.</summary>
internal sealed record SensorDetail : SensorHead
{
    public SensorDetail(SensorDefinition d, double[]? location)
        : base(d.Gateway, d.Id, d.Name, d.District, d.Office, d.Asset, location)
    {
    }

    [JsonPropertyOrder(1)]
    public required ImmutableArray<DatastreamDetail> Datastreams { get; init; }

    [JsonPropertyOrder(1)]
    public required ImmutableArray<RuleItem> Rules { get; init; }

    /// <summary>Null for those who may read none of it: how often a sensor reports can be what it measures.</summary>
    [JsonPropertyOrder(1)]
    public required BooksItem? Books { get; init; }
}
