using System.Text.Json.Serialization;
using Quartier.Api.Native.Bridges;
using Quartier.Contracts.Sensors;

namespace Quartier.Api.Native.Books;

/// <summary>The books of a city: of its sensors, and of what never reached one.</summary>
internal sealed record CityBooks : BooksItem
{
    public CityBooks(SensorBooks books)
        : base(Of(books))
    {
    }

    [JsonPropertyOrder(1)]
    public required DistrictBooks[] Districts { get; init; }

    [JsonPropertyOrder(1)]
    public required GatewayBooks[] Gateways { get; init; }

    /// <summary>What was refused before it reached a sensor, newest first.</summary>
    [JsonPropertyOrder(1)]
    public required StrangerItem[] Strangers { get; init; }

    /// <summary>How the bridges to other brokers are doing.</summary>
    [JsonPropertyOrder(1)]
    public required BridgeItem[] Bridges { get; init; }
}
