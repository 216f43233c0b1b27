namespace Quartier.Contracts.SensorThings;

/// <summary>What a value is. The type of a property whose values are of several kinds is <see cref="Json"/>, or <see cref="Interval"/> for times.</summary>
public enum ValueKind : byte
{
    /// <summary>No value.</summary>
    Null = 0,

    /// <summary>True or false.</summary>
    Boolean = 1,

    /// <summary>A whole number of 64 bits, such as an id.</summary>
    Whole = 2,

    /// <summary>A number.</summary>
    Number = 3,

    /// <summary>A text.</summary>
    Text = 4,

    /// <summary>A moment.</summary>
    Instant = 5,

    /// <summary>A span from a moment to a moment; as the type of a property: an instant or an interval (TM_Object).</summary>
    Interval = 6,

    /// <summary>A length of time.</summary>
    Duration = 7,

    /// <summary>A calendar day, UTC.</summary>
    Date = 8,

    /// <summary>A time of day.</summary>
    TimeOfDay = 9,

    /// <summary>A geometry: well-known text in a query, GeoJSON in an entity.</summary>
    Geometry = 10,

    /// <summary>Any JSON.</summary>
    Json = 11,
}
