using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Cities;

/// <summary>A GeoJSON FeatureCollection (RFC 7946) of districts.</summary>
internal sealed record OutlineCollection(string Type, ImmutableArray<OutlineFeature> Features)
{
    public const string ContentType = "application/geo+json";

    /// <summary>Districts without an outline have a null geometry (RFC 7946, 3.2).</summary>
    public static OutlineCollection Of(CityDefinition city) => new("FeatureCollection", [.. city.Districts.Select(OutlineFeature.Of)]);
}
