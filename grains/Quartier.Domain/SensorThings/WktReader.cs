using System.Collections.Immutable;
using System.Globalization;

namespace Quartier.Domain.SensorThings;

/// <summary>Well-known text (OGC 06-103r4, 7), read without exceptions. A leading <c>SRID=4326;</c> is accepted.</summary>
public ref struct WktReader
{
    /// <summary>Coordinates of one geometry: an outline of a city has some thousand.</summary>
    public const int MostNumbers = 100_000;

    private const int MostDepth = 8;
    private readonly ReadOnlySpan<char> _text;
    private int _numbers;

    private WktReader(ReadOnlySpan<char> text) => _text = text;

    private int Position { get; set; }

    private string? Expected { get; set; }

    /// <summary>Reads a geometry and nothing else; otherwise says where it failed and what was expected there.</summary>
    public static Shape? Read(ReadOnlySpan<char> text, out int position, out string expected)
    {
        var reader = new WktReader(text);
        if (text.StartsWith("SRID=4326;", StringComparison.OrdinalIgnoreCase))
        {
            reader.Position = "SRID=4326;".Length;
        }

        var shape = reader.Geometry(0);
        reader.Blanks();
        if (shape is not null && reader.Position < text.Length)
        {
            shape = reader.Fail("the end of the geometry");
        }

        (position, expected) = (reader.Position, reader.Expected ?? string.Empty);
        return shape;
    }

    private Shape? Geometry(int depth)
    {
        Blanks();
        var start = Position;
        while (Position < _text.Length && char.IsAsciiLetter(_text[Position]))
        {
            Position++;
        }

        if (depth > MostDepth || !Enum.TryParse<ShapeKind>(_text[start..Position], true, out var kind))
        {
            Position = start;
            return Fail(depth > MostDepth ? $"at most {MostDepth} levels of collections" : "POINT, LINESTRING, POLYGON, MULTIPOINT, MULTILINESTRING, MULTIPOLYGON or GEOMETRYCOLLECTION");
        }

        Dimensions();
        return kind switch
        {
            ShapeKind.Point => Line(ShapeKind.Point),
            ShapeKind.LineString => Line(ShapeKind.LineString),
            _ => Collection(kind, depth),
        };
    }

    private Shape? Collection(ShapeKind kind, int depth)
    {
        if (!Take('('))
        {
            return Fail("'('");
        }

        var parts = ImmutableArray.CreateBuilder<Shape>();
        do
        {
            var part = kind switch
            {
                ShapeKind.Polygon => Line(ShapeKind.Polygon),
                ShapeKind.MultiPoint => Member(),
                ShapeKind.MultiLineString => Line(ShapeKind.LineString),
                ShapeKind.MultiPolygon => Collection(ShapeKind.Polygon, depth + 1),
                _ => Geometry(depth + 1),
            };
            if (part is null)
            {
                return null;
            }

            parts.Add(part);
        }
        while (Take(','));
        return Take(')') ? new Shape(kind, [], parts.ToImmutable()) : Fail("',' or ')'");
    }

    // MULTIPOINT (1 2, 3 4) and MULTIPOINT ((1 2), (3 4)) are both in use.
    private Shape? Member()
    {
        Blanks();
        if (Position < _text.Length && _text[Position] == '(')
        {
            return Line(ShapeKind.Point);
        }

        var points = ImmutableArray.CreateBuilder<double>();
        return Point(points) ? new Shape(ShapeKind.Point, points.ToImmutable(), []) : null;
    }

    // Of a polygon it is a ring: closed, with at least four points.
    private Shape? Line(ShapeKind kind)
    {
        if (!Take('('))
        {
            return Fail("'('");
        }

        var points = ImmutableArray.CreateBuilder<double>();
        do
        {
            if (!Point(points))
            {
                return null;
            }
        }
        while (kind != ShapeKind.Point && Take(','));
        if (!Take(')'))
        {
            return Fail("',' or ')'");
        }

        var made = new Shape(kind == ShapeKind.Polygon ? ShapeKind.LineString : kind, points.ToImmutable(), []);
        return ShapeRules.Flaw(made, kind == ShapeKind.Polygon) is { } flaw ? Fail(flaw) : made;
    }

    private bool Point(ImmutableArray<double>.Builder points)
    {
        for (var coordinate = 0; coordinate < 4; coordinate++)
        {
            if (!Number(out var number))
            {
                if (coordinate < 2)
                {
                    _ = Fail("a coordinate");
                }

                return coordinate >= 2;
            }

            if (coordinate < 2)
            {
                points.Add(number);
            }
        }

        return true;
    }

    private bool Number(out double number)
    {
        Blanks();
        var length = _text[Position..].IndexOfAnyExcept("0123456789+-.eE");
        length = length < 0 ? _text.Length - Position : length;
        if (!double.TryParse(_text.Slice(Position, length), NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            || !double.IsFinite(number) || ++_numbers > MostNumbers)
        {
            return false;
        }

        Position += length;
        return true;
    }

    private void Dimensions()
    {
        Blanks();
        foreach (var word in (ReadOnlySpan<string>)["ZM", "Z", "M"])
        {
            if (_text[Position..].StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                Position += word.Length;
                return;
            }
        }
    }

    private bool Take(char c)
    {
        Blanks();
        if (Position >= _text.Length || _text[Position] != c)
        {
            return false;
        }

        Position++;
        return true;
    }

    private void Blanks()
    {
        while (Position < _text.Length && _text[Position] is (' ' or '\t' or '\n' or '\r'))
        {
            Position++;
        }
    }

    private Shape? Fail(string expected)
    {
        Expected ??= expected;
        return null;
    }
}
