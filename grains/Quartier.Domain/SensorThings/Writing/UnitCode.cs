using System.Text.Json;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>Finds the UCUM code of a unit of measurement as the SensorThings API describes it.</summary>
public static class UnitCode
{
    private const string Prefix = "ucum:";
    private const int MaxLength = 64;

    private static readonly Dictionary<string, string> s_symbols = new(StringComparer.Ordinal)
    {
        ["°C"] = "Cel",
        ["℃"] = "Cel",
        ["degC"] = "Cel",
        ["C"] = "Cel",
        ["°F"] = "[degF]",
        ["°"] = "deg",
        ["µg/m³"] = "ug/m3",
        ["μg/m³"] = "ug/m3",
        ["ug/m³"] = "ug/m3",
        ["m³"] = "m3",
        ["m²"] = "m2",
        ["m³/h"] = "m3/h",
        ["l/s"] = "L/s",
        ["Ω"] = "Ohm",
        ["‰"] = "[ppth]",
        ["ppm"] = "[ppm]",
        ["ppb"] = "[ppb]",
        ["dB"] = "dB",
        ["km/h"] = "km/h",
        ["W/m²"] = "W/m2",
        ["mg/m³"] = "mg/m3",
        ["µS/cm"] = "uS/cm",
    };

    /// <summary>
    /// The code: of a definition <c>ucum:…</c>, else of a known symbol, else the symbol when it is one, else an annotation of the name; 1 without a unit.
    /// </summary>
    /// <param name="unit">The unit, an object with name, symbol and definition.</param>
    public static string Of(JsonElement unit)
    {
        var (name, symbol, definition) = (Text(unit, "name"), Text(unit, "symbol"), Text(unit, "definition"));
        if (definition.StartsWith(Prefix, StringComparison.Ordinal) && IsCode(definition[Prefix.Length..]))
        {
            return definition[Prefix.Length..];
        }

        if (s_symbols.TryGetValue(symbol, out var code))
        {
            return code;
        }

        return IsCode(symbol) ? symbol : name.Length == 0 ? "1" : $"{{{RegisteredName.Slug(name, "unit")}}}";
    }

    private static bool IsCode(string text) => text.Length is > 0 and <= MaxLength && text.All(c => c is > ' ' and <= '~');

    private static string Text(JsonElement unit, string member) =>
        unit.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : string.Empty;
}
