using System.Text.Json;
using Quartier.Storage.Readings;

namespace Quartier.Storage.Retention;

/// <summary>
/// Finds values of expired readings in JSON, whatever it describes: an object with a time and a number beside it is a reading or a window, and the
/// nearest property named around it says of what.
/// </summary>
internal static class KeptValues
{
    /// <summary>Whether the element holds a value from before the first UTC day of its property.</summary>
    /// <param name="element">Any JSON.</param>
    /// <param name="property">The property named around it; empty when none is.</param>
    /// <param name="firstDayOf">First UTC day of which readings of a property may exist.</param>
    public static bool HoldExpired(JsonElement element, string property, Func<string, int> firstDayOf)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().Any(item => HoldExpired(item, property, firstDayOf));
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var named = element.TryGetProperty("Property", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : property;
        return IsExpired(element, "TimeMs", "Value", firstDayOf(named)) || IsExpired(element, "LastMs", "LastValue", firstDayOf(named))
            || element.EnumerateObject().Any(member => HoldExpired(member.Value, named, firstDayOf));
    }

    // A value that was taken out is the text NaN, no number.
    private static bool IsExpired(JsonElement element, string time, string value, int firstDay) =>
        element.TryGetProperty(time, out var ms) && ms.ValueKind == JsonValueKind.Number
        && element.TryGetProperty(value, out var number) && number.ValueKind == JsonValueKind.Number
        && EventDay.Of(ms.GetInt64()) < firstDay;
}
