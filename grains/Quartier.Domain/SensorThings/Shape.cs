using System.Collections.Immutable;

namespace Quartier.Domain.SensorThings;

/// <summary>A geometry: WGS 84, longitude before latitude, heights left out.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Points">Longitudes and latitudes by turns, of a point, line string or ring; otherwise empty.</param>
/// <param name="Parts">Rings of a polygon (each a line string), members of a collection; otherwise empty.</param>
public sealed record Shape(ShapeKind Kind, ImmutableArray<double> Points, ImmutableArray<Shape> Parts)
{
    /// <summary>Least and greatest coordinates; null when it is empty.</summary>
    public ShapeBox? Box
    {
        get
        {
            ShapeBox? box = null;
            for (var i = 0; i + 1 < Points.Length; i += 2)
            {
                box = ShapeBox.Around(box, new ShapeBox(Points[i], Points[i + 1], Points[i], Points[i + 1]));
            }

            foreach (var part in Parts)
            {
                box = part.Box is { } inner ? ShapeBox.Around(box, inner) : box;
            }

            return box;
        }
    }
}
