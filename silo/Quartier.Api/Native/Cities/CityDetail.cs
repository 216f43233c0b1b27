using System.Collections.Immutable;
using Quartier.Api.Json;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Cities;

/// <summary>A city with what a page needs to show it.</summary>
internal sealed record CityDetail(
    string Id,
    string Name,
    string TimeZone,
    string Clock,
    long Version,
    UtcTime? Now,
    ImmutableArray<string> Attributions,
    ImmutableArray<OfficeDefinition> Offices,
    ImmutableArray<AssetTypeItem> AssetTypes);
