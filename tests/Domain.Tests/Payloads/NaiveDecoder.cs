using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Quartier.Contracts.Readings;

namespace Domain.Tests.Payloads;

/// <summary>The plain format once more, from its description, with a document tree: no SenML, no number alone, the property "state" has the codes open = 0 and geschlossen ü = 1.</summary>
internal static class NaiveDecoder
{
    public static (List<Sample> Samples, List<(RefusalReason, int)> Refused) Decode(byte[] payload, string[] properties, long receivedMs)
    {
        var samples = new List<Sample>();
        var refused = new SortedDictionary<RefusalReason, int>();
        if (!TryRead(payload, properties, receivedMs, samples, refused))
        {
            return ([], [(RefusalReason.BadPayload, 1)]);
        }

        return (samples, [.. refused.Select(r => (r.Key, r.Value))]);
    }

    private static bool TryRead(byte[] payload, string[] properties, long receivedMs, List<Sample> samples, SortedDictionary<RefusalReason, int> refused)
    {
        JsonDocument document;
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(payload);
            document = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 16 });
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            return false;
        }

        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object)
        {
            return TryObject(root, properties, receivedMs, samples, refused);
        }

        return root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0
            && root.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Object && TryObject(e, properties, receivedMs, samples, refused));
    }

    private static bool TryObject(
        JsonElement element, string[] properties, long receivedMs, List<Sample> samples, SortedDictionary<RefusalReason, int> refused)
    {
        var members = element.EnumerateObject().ToList();
        if (members.Where(m => m.Name is "t" || properties.Contains(m.Name)).GroupBy(m => m.Name).Any(g => g.Count() > 1))
        {
            return false;
        }

        var values = members.Where(m => m.Name is not "t").ToList();
        if (values.Count == 0)
        {
            Refuse(refused, RefusalReason.BadPayload);
        }

        long? time = members.Count == values.Count ? receivedMs : Time(members.First(m => m.Name is "t").Value);
        foreach (var member in values)
        {
            var datastream = Array.IndexOf(properties, member.Name);
            if (datastream < 0)
            {
                var isPersonal = NaiveIdentifiers.IsInName(member.Name) || NaiveIdentifiers.IsIn(member.Value);
                Refuse(refused, isPersonal ? RefusalReason.PersonalIdentifier : RefusalReason.UnknownProperty);
            }
            else if (Value(member.Value, member.Name) is not { } value)
            {
                Refuse(refused, NaiveIdentifiers.IsIn(member.Value) ? RefusalReason.PersonalIdentifier : RefusalReason.BadValue);
            }
            else if (time is null)
            {
                Refuse(refused, RefusalReason.BadTime);
            }
            else
            {
                samples.Add(new Sample(datastream, time.Value, value));
            }
        }

        return true;
    }

    private static double? Value(JsonElement value, string property)
    {
        double? number = value.ValueKind switch
        {
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String when property is "state" => value.GetString() switch { "open" => 0, "geschlossen ü" => 1, _ => null },
            _ => null,
        };
        return number is null || !double.IsFinite(number.Value) || (property is "state" && number is not (0 or 1)) || NaiveIdentifiers.IsIn(value) ? null : number + 0.0;
    }

    private static long? Time(JsonElement t)
    {
        long? ms = null;
        if (t.ValueKind == JsonValueKind.Number)
        {
            var number = t.GetDouble();
            ms = double.IsFinite(number) && Math.Abs(number) < 1e15 && number == Math.Floor(number) ? (long)number : null;
        }
        else if (t.ValueKind == JsonValueKind.String && !t.GetRawText().Contains('\\')
            && Regex.IsMatch(t.GetString()!, @"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.,]\d+)?)?([Zz]|[+-]\d\d(:?\d\d)?)$", RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            ms = DateTimeOffset.TryParse(t.GetString()!.Replace(',', '.'), CultureInfo.InvariantCulture, out var parsed) ? parsed.ToUnixTimeMilliseconds() : null;
        }

        return ms is >= 946_684_800_000 and < 7_258_118_400_000 ? ms : null;
    }

    private static void Refuse(SortedDictionary<RefusalReason, int> refused, RefusalReason reason) =>
        refused[reason] = refused.GetValueOrDefault(reason) + 1;
}
