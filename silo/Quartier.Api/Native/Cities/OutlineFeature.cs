using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Cities;

/// <summary>A district as a GeoJSON Feature.</summary>
internal sealed record OutlineFeature(string Type, string Id, OutlineProperties Properties, OutlineGeometry? Geometry)
{
    public static OutlineFeature Of(DistrictDefinition district) => new(
        "Feature",
        district.Id,
        new(district.Id, district.Name, district.Schematic),
        district.Outline.IsEmpty ? null : new("Polygon", [[.. district.Outline.Select(l => new[] { l.Longitude, l.Latitude })]]));
}
