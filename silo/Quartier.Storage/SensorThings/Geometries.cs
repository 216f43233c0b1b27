using System.Collections.Concurrent;
using NetTopologySuite.Geometries;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Geometries of a statement, read once for each text: a query's literal is met at every row.</summary>
internal sealed class Geometries
{
    /// <summary>Texts kept: a query has few literals; positions of assets are short.</summary>
    private const int MostKept = 256;

    private static readonly GeometryFactory s_factory = new(new PrecisionModel(), 4326);
    private readonly ConcurrentDictionary<string, Geometry?> _read = new(StringComparer.Ordinal);

    /// <summary>The geometry of GeoJSON or well-known text; null when it is none.</summary>
    public Geometry? Of(string text)
    {
        if (_read.TryGetValue(text, out var known))
        {
            return known;
        }

        if (_read.Count >= MostKept)
        {
            _read.Clear();
        }

        return _read[text] = ShapeOf(text) is { } shape ? Make(shape) : null;
    }

    /// <summary>The shape of GeoJSON or well-known text; null when it is none.</summary>
    public static Shape? ShapeOf(string text) => text.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal)
        ? GeoJson.Read(text, out _)
        : WktReader.Read(text, out _, out _);

    private static Geometry Make(Shape shape) => shape.Kind switch
    {
        ShapeKind.Point => s_factory.CreatePoint(Points(shape)[0]),
        ShapeKind.LineString => s_factory.CreateLineString(Points(shape)),
        ShapeKind.Polygon => Polygon(shape),
        ShapeKind.MultiPoint => s_factory.CreateMultiPoint([.. shape.Parts.Select(p => s_factory.CreatePoint(Points(p)[0]))]),
        ShapeKind.MultiLineString => s_factory.CreateMultiLineString([.. shape.Parts.Select(p => s_factory.CreateLineString(Points(p)))]),
        ShapeKind.MultiPolygon => s_factory.CreateMultiPolygon([.. shape.Parts.Select(Polygon)]),
        _ => s_factory.CreateGeometryCollection([.. shape.Parts.Select(Make)]),
    };

    private static Polygon Polygon(Shape shape)
    {
        var rings = shape.Parts.Select(p => s_factory.CreateLinearRing(Points(p))).ToArray();
        return s_factory.CreatePolygon(rings[0], rings[1..]);
    }

    private static Coordinate[] Points(Shape shape)
    {
        var points = new Coordinate[shape.Points.Length / 2];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = new Coordinate(shape.Points[2 * i], shape.Points[2 * i + 1]);
        }

        return points;
    }
}
