using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Quartier.Domain.SensorThings;

/// <summary>Geometries as GeoJSON (RFC 7946); of a Feature its geometry.</summary>
public static class GeoJson
{
    /// <summary>Nesting of coordinates: a multi-polygon has four levels, collections some more.</summary>
    private const int MostDepth = 16;

    /// <summary>Reads the geometry, or says what is wrong with it.</summary>
    public static Shape? Read(string json, out string problem)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json), new JsonDocumentOptions { MaxDepth = 64 });
            return Read(document.RootElement, out problem);
        }
        catch (JsonException broken)
        {
            problem = $"It is no JSON: {broken.Message}";
            return null;
        }
    }

    /// <summary>Reads the geometry, or says what is wrong with it.</summary>
    public static Shape? Read(JsonElement json, out string problem)
    {
        var reading = new Reading();
        var shape = reading.Geometry(json, 0);
        problem = reading.Problem ?? string.Empty;
        return shape;
    }

    private sealed class Reading
    {
        private int _numbers;

        public string? Problem { get; private set; }

        public Shape? Geometry(JsonElement json, int depth)
        {
            if (depth > MostDepth)
            {
                return Fail($"more than {MostDepth} levels of geometries");
            }

            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
            {
                return Fail("a geometry is an object with a 'type'");
            }

            // As it is written: an escaped half of a surrogate pair is no text.
            var name = type.GetRawText().Trim('"');
            if (string.Equals(name, "Feature", StringComparison.Ordinal))
            {
                return json.TryGetProperty("geometry", out var inner) ? Geometry(inner, depth + 1) : Fail("a Feature needs a 'geometry'");
            }

            if (!Enum.TryParse<ShapeKind>(name, false, out var kind) || !string.Equals(name, kind.ToString(), StringComparison.Ordinal))
            {
                return Fail($"'{Shortened.Text(name)}' is no type of geometry");
            }

            var member = kind == ShapeKind.GeometryCollection ? "geometries" : "coordinates";
            return json.TryGetProperty(member, out var content) ? Content(kind, content, depth) : Fail($"a {kind} needs '{member}'");
        }

        private Shape? Content(ShapeKind kind, JsonElement content, int depth)
        {
            if (kind is ShapeKind.Point or ShapeKind.LineString)
            {
                return Line(kind, content, false);
            }

            if (content.ValueKind != JsonValueKind.Array)
            {
                return Fail($"a {kind} needs an array");
            }

            var parts = ImmutableArray.CreateBuilder<Shape>();
            foreach (var part in content.EnumerateArray())
            {
                var read = kind switch
                {
                    ShapeKind.Polygon => Line(ShapeKind.LineString, part, true),
                    ShapeKind.MultiPoint => Line(ShapeKind.Point, part, false),
                    ShapeKind.MultiLineString => Line(ShapeKind.LineString, part, false),
                    ShapeKind.MultiPolygon => Content(ShapeKind.Polygon, part, depth + 1),
                    _ => Geometry(part, depth + 1),
                };
                if (read is null)
                {
                    return null;
                }

                parts.Add(read);
            }

            return kind == ShapeKind.Polygon && parts.Count == 0 ? Fail("a Polygon needs a ring") : new Shape(kind, [], parts.ToImmutable());
        }

        private Shape? Line(ShapeKind kind, JsonElement content, bool isRing)
        {
            var points = ImmutableArray.CreateBuilder<double>();
            if (content.ValueKind != JsonValueKind.Array)
            {
                return Fail("coordinates are arrays");
            }

            if (kind == ShapeKind.Point)
            {
                return Position(content, points) ? new Shape(kind, points.ToImmutable(), []) : null;
            }

            foreach (var position in content.EnumerateArray())
            {
                if (!Position(position, points))
                {
                    return null;
                }
            }

            var line = new Shape(kind, points.ToImmutable(), []);
            return ShapeRules.Flaw(line, isRing) is { } flaw ? Fail($"expected {flaw}") : line;
        }

        private bool Position(JsonElement position, ImmutableArray<double>.Builder points)
        {
            if (position.ValueKind != JsonValueKind.Array || position.GetArrayLength() is < 2 or > 4 || (_numbers += 2) > WktReader.MostNumbers)
            {
                return Fail($"a position is an array of two to four numbers, and a geometry has at most {WktReader.MostNumbers} of them") is not null;
            }

            for (var i = 0; i < 2; i++)
            {
                if (position[i].ValueKind != JsonValueKind.Number || !position[i].TryGetDouble(out var number) || !double.IsFinite(number))
                {
                    return Fail("coordinates are finite numbers") is not null;
                }

                points.Add(number);
            }

            return true;
        }

        private Shape? Fail(string problem)
        {
            Problem ??= problem;
            return null;
        }
    }
}
