namespace Quartier.Domain.SensorThings;

/// <summary>What the standards ask of a line's points.</summary>
internal static class ShapeRules
{
    /// <summary>What is wrong with a point, a line or a ring; null when nothing is.</summary>
    public static string? Flaw(Shape line, bool isRing)
    {
        var points = line.Points;
        if (line.Kind == ShapeKind.Point)
        {
            return null;
        }

        if (!isRing)
        {
            return points.Length < 4 ? "at least two points" : null;
        }

        return points.Length < 8 || points[0] != points[^2] || points[1] != points[^1] ? "a ring of at least four points, the last equal to the first" : null;
    }
}
