using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Quartier.Contracts.Registry;
using Quartier.Domain.Time;

namespace Quartier.Domain.Rules;

/// <summary>
/// Fills the placeholders of a rule's sentence. Numbers, durations and times are written by hand in each language, because the program runs
/// without the operating system's culture data.
/// </summary>
public static class Sentence
{
    private static readonly NumberFormatInfo German = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };
    private static readonly NumberFormatInfo English = new() { NumberDecimalSeparator = ".", NumberGroupSeparator = "," };
    private static readonly string[] EnglishMonths =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly (long Ms, string One, string Many)[] GermanUnits =
        [(86_400_000, "Tag", "Tagen"), (3_600_000, "Stunde", "Stunden"), (60_000, "Minute", "Minuten"), (1000, "Sekunde", "Sekunden")];

    private static readonly (long Ms, string One, string Many)[] EnglishUnits =
        [(86_400_000, "day", "days"), (3_600_000, "hour", "hours"), (60_000, "minute", "minutes"), (1000, "second", "seconds")];

    /// <summary>The placeholders that a sentence may use, without braces.</summary>
    public static ImmutableArray<string> Placeholders { get; } =
        ["subject", "property", "value", "unit", "threshold", "duration", "time", "difference"];

    /// <summary>A number with the language's separators and at most three decimals.</summary>
    public static string Number(double value, bool german) => value.ToString("#,##0.###", german ? German : English);

    /// <summary>A duration in its two greatest units, rounded down, as it follows "seit" or "for": <c>2 Stunden 30 Minuten</c>.</summary>
    /// <param name="ms">Milliseconds.</param>
    /// <param name="german">German (dative) or English.</param>
    public static string Duration(long ms, bool german)
    {
        var units = german ? GermanUnits : EnglishUnits;
        var first = Array.FindIndex(units, u => ms >= u.Ms);
        if (first < 0)
        {
            return $"0 {units[^1].Many}";
        }

        var text = Count(ms / units[first].Ms, units[first]);
        var rest = first + 1 < units.Length ? ms % units[first].Ms / units[first + 1].Ms : 0;
        return rest == 0 ? text : $"{text} {Count(rest, units[first + 1])}";
    }

    /// <summary>An instant on the city's clocks: <c>01.07.2026, 14:05 Uhr</c> or <c>1 July 2026, 14:05</c>.</summary>
    /// <param name="ms">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="zone">The city's zone.</param>
    /// <param name="german">German or English.</param>
    public static string Time(long ms, TimeZoneInfo zone, bool german)
    {
        var local = LocalDays.ToLocal(zone, ms);
        var clock = local.ToString("HH:mm", CultureInfo.InvariantCulture);
        return german
            ? $"{local.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture)}, {clock} Uhr"
            : string.Create(CultureInfo.InvariantCulture, $"{local.Day} {EnglishMonths[local.Month - 1]} {local.Year}, {clock}");
    }

    /// <summary>A UCUM unit for people: <c>Cel</c> is °C; annotations in braces and the unit 1 are left out.</summary>
    public static string Unit(string ucum) => ucum switch
    {
        "1" => "",
        "Cel" => "°C",
        "m2" => "m²",
        "m3" => "m³",
        "ug/m3" => "µg/m³",
        "deg" => "°",
        _ => ucum.StartsWith('{') && ucum.EndsWith('}') ? "" : ucum,
    };

    internal static BilingualText Fill(BilingualText sentence, RuleSubject subject, RuleProperty property, in SentenceFacts facts) =>
        new(Fill(sentence.De, subject, property, facts, german: true), Fill(sentence.En, subject, property, facts, german: false));

    private static string Fill(string template, RuleSubject subject, RuleProperty property, in SentenceFacts facts, bool german)
    {
        var text = new StringBuilder(template.Length + 64);
        var rest = template.AsSpan();
        for (var open = rest.IndexOf('{'); open >= 0; open = rest.IndexOf('{'))
        {
            var close = rest[open..].IndexOf('}');
            if (close < 0)
            {
                break;
            }

            text.Append(rest[..open]);
            var name = rest.Slice(open + 1, close - 1);
            rest = rest[(open + close + 1)..];
            var filled = Value(name, subject, property, facts, german);
            if (filled.Length == 0 && text.Length > 0 && text[^1] == ' ')
            {
                text.Length--;
            }

            text.Append(filled);
        }

        return text.Append(rest).ToString();
    }

    private static string Value(ReadOnlySpan<char> name, RuleSubject subject, RuleProperty property, in SentenceFacts facts, bool german) => name switch
    {
        "subject" => subject.Name,
        "property" => german ? property.Label.De : property.Label.En,
        "value" => Number(facts.Value, german),
        "unit" => Unit(property.Unit),
        "threshold" => Number(facts.Threshold, german),
        "duration" => Duration(facts.DurationMs, german),
        "time" => Time(facts.TimeMs, subject.Zone, german),
        "difference" => Number(facts.Difference, german),
        _ => $"{{{name}}}",
    };

    private static string Count(long count, (long Ms, string One, string Many) unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? unit.One : unit.Many)}");
}
