namespace Quartier.Contracts.SensorThings;

/// <summary>The functions of the query language (OGC 18-088, 9.3.3.5.2), and those on spans of time that clients of other servers use.</summary>
public enum Function : byte
{
    /// <summary><c>substringof</c>.</summary>
    SubstringOf = 0,

    /// <summary><c>endswith</c>.</summary>
    EndsWith = 1,

    /// <summary><c>startswith</c>.</summary>
    StartsWith = 2,

    /// <summary><c>length</c>.</summary>
    Length = 3,

    /// <summary><c>indexof</c>.</summary>
    IndexOf = 4,

    /// <summary><c>substring</c>.</summary>
    Substring = 5,

    /// <summary><c>tolower</c>.</summary>
    ToLower = 6,

    /// <summary><c>toupper</c>.</summary>
    ToUpper = 7,

    /// <summary><c>trim</c>.</summary>
    Trim = 8,

    /// <summary><c>concat</c>.</summary>
    Concat = 9,

    /// <summary><c>year</c>.</summary>
    Year = 10,

    /// <summary><c>month</c>.</summary>
    Month = 11,

    /// <summary><c>day</c>.</summary>
    Day = 12,

    /// <summary><c>hour</c>.</summary>
    Hour = 13,

    /// <summary><c>minute</c>.</summary>
    Minute = 14,

    /// <summary><c>second</c>.</summary>
    Second = 15,

    /// <summary><c>fractionalseconds</c>.</summary>
    FractionalSeconds = 16,

    /// <summary><c>date</c>.</summary>
    Date = 17,

    /// <summary><c>time</c>.</summary>
    Time = 18,

    /// <summary><c>totaloffsetminutes</c>.</summary>
    TotalOffsetMinutes = 19,

    /// <summary><c>now</c>.</summary>
    Now = 20,

    /// <summary><c>mindatetime</c>.</summary>
    MinDateTime = 21,

    /// <summary><c>maxdatetime</c>.</summary>
    MaxDateTime = 22,

    /// <summary><c>round</c>.</summary>
    Round = 23,

    /// <summary><c>floor</c>.</summary>
    Floor = 24,

    /// <summary><c>ceiling</c>.</summary>
    Ceiling = 25,

    /// <summary><c>geo.distance</c>.</summary>
    GeoDistance = 26,

    /// <summary><c>geo.length</c>.</summary>
    GeoLength = 27,

    /// <summary><c>geo.intersects</c>.</summary>
    GeoIntersects = 28,

    /// <summary><c>st_equals</c>.</summary>
    Equals = 29,

    /// <summary><c>st_disjoint</c>.</summary>
    Disjoint = 30,

    /// <summary><c>st_touches</c>.</summary>
    Touches = 31,

    /// <summary><c>st_within</c>.</summary>
    Within = 32,

    /// <summary><c>st_overlaps</c>.</summary>
    Overlaps = 33,

    /// <summary><c>st_crosses</c>.</summary>
    Crosses = 34,

    /// <summary><c>st_intersects</c>.</summary>
    Intersects = 35,

    /// <summary><c>st_contains</c>.</summary>
    Contains = 36,

    /// <summary><c>st_relate</c>.</summary>
    Relate = 37,

    /// <summary><c>before</c>.</summary>
    Before = 38,

    /// <summary><c>after</c>.</summary>
    After = 39,

    /// <summary><c>meets</c>.</summary>
    Meets = 40,

    /// <summary><c>during</c>.</summary>
    During = 41,

    /// <summary><c>overlaps</c>.</summary>
    TimeOverlaps = 42,

    /// <summary><c>starts</c>.</summary>
    Starts = 43,

    /// <summary><c>finishes</c>.</summary>
    Finishes = 44,
}
