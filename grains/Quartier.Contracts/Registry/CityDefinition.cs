using System.Collections.Immutable;

namespace Quartier.Contracts.Registry;

/// <summary>Everything that is registered in one city. Ids: lower-case letters, digits, '-'; at most 64 characters.</summary>
/// <param name="Id">Second level of every topic.</param>
/// <param name="Name">For people.</param>
/// <param name="TimeZone">IANA name; days of aggregates and sentences use it.</param>
/// <param name="Clock">What counts as now.</param>
/// <param name="Attributions">Who must be named wherever the data are shown.</param>
/// <param name="Offices">Who is responsible.</param>
/// <param name="Districts">At least one.</param>
/// <param name="Gateways">Who may push.</param>
/// <param name="Sensors">What measures.</param>
/// <param name="AssetTypes">Kinds of asset.</param>
/// <param name="Assets">What the city owns and watches.</param>
[GenerateSerializer, Immutable, Alias("quartier.CityDefinition")]
public sealed record CityDefinition(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string TimeZone,
    [property: Id(3)] CityClock Clock,
    [property: Id(4)] ImmutableArray<string> Attributions,
    [property: Id(5)] ImmutableArray<OfficeDefinition> Offices,
    [property: Id(6)] ImmutableArray<DistrictDefinition> Districts,
    [property: Id(7)] ImmutableArray<GatewayDefinition> Gateways,
    [property: Id(8)] ImmutableArray<SensorDefinition> Sensors,
    [property: Id(9)] ImmutableArray<AssetTypeDefinition> AssetTypes,
    [property: Id(10)] ImmutableArray<AssetDefinition> Assets)
{
    /// <summary>Brokers of others from which readings are taken.</summary>
    [Id(11)]
    public ImmutableArray<BridgeDefinition> Bridges { get; init; } = [];
}
