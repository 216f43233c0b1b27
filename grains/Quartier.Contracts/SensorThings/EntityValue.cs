namespace Quartier.Contracts.SensorThings;

/// <summary>A value of an entity's property, of a literal, or of a position between pages. Immutable.</summary>
public readonly record struct EntityValue
{
    private EntityValue(ValueKind kind, long start, long end, double real, string? text) => (Kind, Start, End, Real, Text) = (kind, start, end, real, text);

    /// <summary>No value; the default.</summary>
    public static EntityValue Null => default;

    /// <summary>What it is.</summary>
    public ValueKind Kind { get; }

    /// <summary>
    /// The whole number; 0 or 1 of a boolean; milliseconds since 1970-01-01T00:00:00Z of an instant, of the start of an interval and of
    /// the start of a date; milliseconds of a duration; milliseconds since midnight of a time of day.
    /// </summary>
    public long Start { get; }

    /// <summary>The end of an interval, in milliseconds since 1970-01-01T00:00:00Z, not before its start; otherwise as <see cref="Start"/>.</summary>
    public long End { get; }

    /// <summary>The number; also of a whole number, then perhaps rounded.</summary>
    public double Real { get; }

    /// <summary>The text, the JSON, or the geometry as GeoJSON or well-known text; otherwise null.</summary>
    public string? Text { get; }

    /// <summary>Whether there is no value.</summary>
    public bool IsNull => Kind == ValueKind.Null;

    /// <summary>True or false.</summary>
    public static EntityValue Of(bool value) => new(ValueKind.Boolean, value ? 1 : 0, value ? 1 : 0, value ? 1 : 0, null);

    /// <summary>A whole number.</summary>
    public static EntityValue Of(long value) => new(ValueKind.Whole, value, value, value, null);

    /// <summary>A number; finite.</summary>
    public static EntityValue Of(double value) => new(ValueKind.Number, 0, 0, value, null);

    /// <summary>A text, or no value.</summary>
    public static EntityValue Of(string? value) => value is null ? default : new(ValueKind.Text, 0, 0, 0, value);

    /// <summary>A moment in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public static EntityValue Instant(long ms) => new(ValueKind.Instant, ms, ms, 0, null);

    /// <summary>A span of time in milliseconds since 1970-01-01T00:00:00Z; <paramref name="endMs"/> is not before <paramref name="startMs"/>.</summary>
    public static EntityValue Interval(long startMs, long endMs) => new(ValueKind.Interval, startMs, endMs, 0, null);

    /// <summary>A length of time in milliseconds.</summary>
    public static EntityValue Duration(long ms) => new(ValueKind.Duration, ms, ms, 0, null);

    /// <summary>The calendar day, UTC, that begins at that moment.</summary>
    public static EntityValue Date(long ms) => new(ValueKind.Date, ms, ms, 0, null);

    /// <summary>A time of day in milliseconds since midnight.</summary>
    public static EntityValue TimeOfDay(long ms) => new(ValueKind.TimeOfDay, ms, ms, 0, null);

    /// <summary>A geometry as GeoJSON or well-known text.</summary>
    public static EntityValue Geometry(string text) => new(ValueKind.Geometry, 0, 0, 0, text);

    /// <summary>JSON text, or no value.</summary>
    public static EntityValue Json(string? text) => text is null ? default : new(ValueKind.Json, 0, 0, 0, text);
}
