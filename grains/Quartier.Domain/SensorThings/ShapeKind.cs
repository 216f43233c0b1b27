namespace Quartier.Domain.SensorThings;

/// <summary>Types of geometries, as in GeoJSON and well-known text.</summary>
public enum ShapeKind
{
    /// <summary>A point.</summary>
    Point,

    /// <summary>A line of at least two points.</summary>
    LineString,

    /// <summary>An outer ring and holes.</summary>
    Polygon,

    /// <summary>Points.</summary>
    MultiPoint,

    /// <summary>Lines.</summary>
    MultiLineString,

    /// <summary>Polygons.</summary>
    MultiPolygon,

    /// <summary>Any geometries.</summary>
    GeometryCollection,
}
