namespace Quartier.Contracts.SensorThings;

/// <summary>The functions of the query language (OGC 18-088, 9.3.3.5.2), and those on spans of time that clients of other servers use.</summary>
public enum Function : byte
{
#pragma warning disable CS1591 // Each member is the function of that name in the standard; the query language's page describes them.
    SubstringOf, EndsWith, StartsWith, Length, IndexOf, Substring, ToLower, ToUpper, Trim, Concat,
    Year, Month, Day, Hour, Minute, Second, FractionalSeconds, Date, Time, TotalOffsetMinutes, Now, MinDateTime, MaxDateTime,
    Round, Floor, Ceiling,
    GeoDistance, GeoLength, GeoIntersects,
    Equals, Disjoint, Touches, Within, Overlaps, Crosses, Intersects, Contains, Relate,
    Before, After, Meets, During, TimeOverlaps, Starts, Finishes,
#pragma warning restore CS1591
}
