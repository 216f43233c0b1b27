namespace Quartier.Domain.SensorThings;

/// <summary>A bounding box in degrees.</summary>
public readonly record struct ShapeBox(double West, double South, double East, double North)
{
    /// <summary>The box around both.</summary>
    public static ShapeBox Around(ShapeBox? one, ShapeBox other) => one is { } box
        ? new(Math.Min(box.West, other.West), Math.Min(box.South, other.South), Math.Max(box.East, other.East), Math.Max(box.North, other.North))
        : other;
}
