using System.Text.Json;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>Checks geometries (RFC 7946) and finds a point that stands for each.</summary>
public static class BodyGeometry
{
    /// <summary>Positions of one geometry: the outline of a large city.</summary>
    public const int MaxPositions = 10_000;

    private const int MostCollected = 100;

    /// <summary>What is wrong with a geometry or a Feature that holds one; null when nothing is.</summary>
    public static string? Problem(JsonElement value)
    {
        var geometry = GeometryOf(value);
        if (geometry is not { ValueKind: JsonValueKind.Object } found)
        {
            return "a GeoJSON geometry, or a Feature with one, is expected";
        }

        var positions = 0;
        return Check(found, ref positions, 0) ?? (positions > MaxPositions ? $"it has {positions} positions; at most {MaxPositions} are taken" : null);
    }

    /// <summary>The point itself, or the middle of the box around the geometry; null without a position.</summary>
    /// <param name="geoJson">A geometry or a Feature that has been checked.</param>
    public static Location? Middle(string geoJson)
    {
        using var document = JsonDocument.Parse(geoJson);
        var box = (West: double.MaxValue, South: double.MaxValue, East: double.MinValue, North: double.MinValue);
        if (GeometryOf(document.RootElement) is { } geometry)
        {
            Widen(geometry, ref box);
        }

        return box.West > box.East ? null : new Location((box.West + box.East) / 2, (box.South + box.North) / 2);
    }

    private static JsonElement? GeometryOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && TypeOf(value) is "Feature" ? Member(value, "geometry") : value;

    private static string? TypeOf(JsonElement value) => Member(value, "type") is { ValueKind: JsonValueKind.String } type ? type.GetString() : null;

    private static JsonElement? Member(JsonElement value, string name) => value.TryGetProperty(name, out var member) ? member : null;

    private static string? Check(JsonElement geometry, ref int positions, int depth)
    {
        if (geometry.ValueKind != JsonValueKind.Object)
        {
            return "a geometry is a JSON object with 'type' and 'coordinates'";
        }

        var type = TypeOf(geometry);
        if (type is "GeometryCollection")
        {
            return CheckCollection(geometry, ref positions, depth);
        }

        int? levels = type switch { "Point" => 0, "MultiPoint" or "LineString" => 1, "MultiLineString" or "Polygon" => 2, "MultiPolygon" => 3, _ => null };
        if (levels is not { } nesting)
        {
            return $"'{type}' is no geometry of GeoJSON: Point, LineString, Polygon, their Multi… forms or GeometryCollection";
        }

        return Member(geometry, "coordinates") is { } coordinates && CheckPositions(coordinates, nesting, type!, ref positions)
            ? null
            : $"the coordinates of a {type} are positions [longitude, latitude] within -180 … 180 and -90 … 90; rings are closed and have at least four";
    }

    private static string? CheckCollection(JsonElement geometry, ref int positions, int depth)
    {
        if (depth > 0 || Member(geometry, "geometries") is not { ValueKind: JsonValueKind.Array } geometries || geometries.GetArrayLength() > MostCollected)
        {
            return $"a GeometryCollection has 'geometries', at most {MostCollected}, none of them a collection";
        }

        foreach (var one in geometries.EnumerateArray())
        {
            if (Check(one, ref positions, depth + 1) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static bool CheckPositions(JsonElement value, int nesting, string type, ref int positions)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            return false;
        }

        if (nesting == 0)
        {
            positions++;
            return IsPosition(value);
        }

        foreach (var item in value.EnumerateArray())
        {
            if (!CheckPositions(item, nesting - 1, type, ref positions))
            {
                return false;
            }
        }

        return nesting != 1 || HasEnough(value, type);
    }

    private static bool HasEnough(JsonElement line, string type)
    {
        var count = line.GetArrayLength();
        return type switch
        {
            "LineString" or "MultiLineString" => count >= 2,
            "Polygon" or "MultiPolygon" => count >= 4 && line[0][0].GetDouble() == line[count - 1][0].GetDouble() && line[0][1].GetDouble() == line[count - 1][1].GetDouble(),
            _ => true,
        };
    }

    private static bool IsPosition(JsonElement position) =>
        position.GetArrayLength() is 2 or 3
        && position.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number && n.TryGetDouble(out var number) && double.IsFinite(number))
        && Math.Abs(position[0].GetDouble()) <= 180 && Math.Abs(position[1].GetDouble()) <= 90;

    private static void Widen(JsonElement geometry, ref (double West, double South, double East, double North) box)
    {
        if (Member(geometry, "geometries") is { ValueKind: JsonValueKind.Array } geometries)
        {
            foreach (var one in geometries.EnumerateArray())
            {
                Widen(one, ref box);
            }
        }
        else if (Member(geometry, "coordinates") is { } coordinates)
        {
            WidenBy(coordinates, ref box);
        }
    }

    private static void WidenBy(JsonElement value, ref (double West, double South, double East, double North) box)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            return;
        }

        if (value[0].ValueKind == JsonValueKind.Number)
        {
            var (x, y) = (value[0].GetDouble(), value[1].GetDouble());
            box = (Math.Min(box.West, x), Math.Min(box.South, y), Math.Max(box.East, x), Math.Max(box.North, y));
            return;
        }

        foreach (var item in value.EnumerateArray())
        {
            WidenBy(item, ref box);
        }
    }
}
