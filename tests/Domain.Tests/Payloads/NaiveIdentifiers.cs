using System.Text.Json;
using System.Text.RegularExpressions;

namespace Domain.Tests.Payloads;

/// <summary>The kinds of identifier that random payloads hold, once more with patterns: MAC addresses in pairs, IMEIs, e-mail addresses, and three names.</summary>
internal static class NaiveIdentifiers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static bool IsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(m => IsInName(m.Name) || IsIn(m.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(IsIn),
        JsonValueKind.String => IsInText(value.GetString()!),
        JsonValueKind.Number => value.GetDouble() is >= 1e14 and < 1e15 and var number && number == Math.Floor(number) && IsRight($"{number:F0}"),
        _ => false,
    };

    public static bool IsInName(string name)
    {
        // Humps, then runs of letters; a word or two neighbours.
        var parted = Regex.Replace(name, @"(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})", " ", RegexOptions.None, Patience);
        var words = Regex.Matches(parted.ToLowerInvariant(), @"\p{L}+", RegexOptions.None, Patience).Select(m => m.Value).ToList();
        var all = words.Concat(words.Zip(words.Skip(1), (a, b) => a + b));
        return IsInText(name) || all.Any(w => w is "mac" or "imei" or "email" or "mail");
    }

    private static bool IsInText(string text) =>
        Regex.IsMatch(text, @"(?<![0-9A-Za-z:.-])[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}(?![0-9A-Za-z]|:[0-9a-fA-F])", RegexOptions.None, Patience)
        || Regex.IsMatch(text, @"[A-Za-z0-9._%+\x80-\uFFFF-]@([A-Za-z0-9\x80-\uFFFF-]+\.)+[0-9-]*[A-Za-z\x80-\uFFFF][0-9-]*[A-Za-z\x80-\uFFFF]", RegexOptions.None, Patience)
        || Regex.Matches(text, @"(?<!\d)(?<!\d[.,])\d{15}(?!\d)", RegexOptions.None, Patience).Any(m => IsRight(m.Value));

    private static bool IsRight(string digits)
    {
        int[] doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
        return digits.Reverse().Select((d, i) => i % 2 == 0 ? d - '0' : doubled[d - '0']).Sum() % 10 == 0 && digits.Any(d => d != '0');
    }
}
