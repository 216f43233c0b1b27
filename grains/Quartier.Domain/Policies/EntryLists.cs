using System.Collections.Immutable;
using System.Globalization;
using Quartier.Domain.Registry;
using Quartier.Domain.Time;

namespace Quartier.Domain.Policies;

/// <summary>Reads what several kinds of entry have: lists of principals and ids, and when something ends.</summary>
internal sealed class EntryLists(ProblemList problems)
{
    public const int MaxPrincipals = 50;
    public const int MaxStreams = 200;
    public const int MaxPurposes = 50;

    private const long MsPerDay = 86_400_000;
    private const string Kinds = "public, person:ID, office:ID, role:WORD or contract:ID";

    public void Problem(YamlNode node, string message) => problems.Add(node, message);

    /// <summary>Principals; at least one.</summary>
    public ImmutableArray<string> Principals(Section section)
    {
        var texts = Texts(section, "principals", 1, MaxPrincipals);
        foreach (var item in texts)
        {
            if (WrongPrincipal(item.Text) is { } wrong)
            {
                problems.Add(item, wrong);
            }
        }

        return [.. texts.Select(t => t.Text)];
    }

    /// <summary>A list of ids.</summary>
    public ImmutableArray<string> Ids(Section section, string key, int least, int most)
    {
        var texts = Texts(section, key, least, most);
        foreach (var item in texts.Where(t => !Names.IsId(t.Text)))
        {
            problems.Add(item, $"'{item.Text}' is no id: lower-case letters, digits and '-', at most 64 characters");
        }

        return [.. texts.Select(t => t.Text)];
    }

    /// <summary>Texts of a list, each once.</summary>
    public List<YamlNode> Texts(Section section, string key, int least, int most)
    {
        var items = section.Items(key);
        if (items.Count < least || items.Count > most)
        {
            var written = section.Find(key) is null ? $"'{key}' is missing" : $"'{key}' has {items.Count} entries";
            section.Problem(key, $"{written}; {least} … {most} were expected");
            return [];
        }

        var texts = new List<YamlNode>(items.Count);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item.Kind != YamlKind.Scalar || item.Text.Length == 0)
            {
                problems.Add(item, $"'{key}' must be a list of texts, not of {(item.Kind == YamlKind.Scalar ? "nothing" : item.KindName)}");
            }
            else if (!known.Add(item.Text))
            {
                problems.Add(item, $"'{item.Text}' stands twice in '{key}'");
            }
            else
            {
                texts.Add(item);
            }
        }

        return texts;
    }

    /// <summary>
    /// When something ends, in milliseconds since 1970-01-01T00:00:00Z: an instant with <c>Z</c> or an offset, or a date, which means the end
    /// of that day in UTC.
    /// </summary>
    public static long Until(Section section)
    {
        var text = section.Text("until");
        if (text.Length == 0)
        {
            return 0;
        }

        if (IsoTime.TryParse(text, out var ms))
        {
            return InRange(section, text, ms);
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return InRange(section, text, (day.DayNumber + 1L - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * MsPerDay);
        }

        section.Problem(
            "until", $"'until' is '{text}'; a date (the end of that day in UTC) or a date-time with Z or an offset was expected, such as 2027-12-31 or 2027-12-31T18:00:00+01:00");
        return 0;
    }

    private static long InRange(Section section, string text, long ms)
    {
        if (ms <= 0)
        {
            section.Problem("until", $"'until' is '{text}'; a time after 1970 was expected");
        }

        return ms;
    }

    private static string? WrongPrincipal(string text)
    {
        if (text is "public")
        {
            return null;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (kind, id) = colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
        if (kind is not ("person" or "office" or "role" or "contract"))
        {
            return $"'{text}' is no principal{Spelling.Hint(kind, ["public", "person", "office", "role", "contract"])}; {Kinds} was expected";
        }

        if (kind is "role")
        {
            return PolicyWords.Roles.ContainsKey(id)
                ? null
                : $"there is no role '{id}'{Spelling.Hint(id, PolicyWords.Roles.Keys)}; one of {string.Join(", ", PolicyWords.Roles.Keys.Order(StringComparer.Ordinal))} was expected";
        }

        return Names.IsId(id) ? null : $"'{text}' names no {kind}: {kind}:ID was expected, with lower-case letters, digits and '-', at most 64 characters";
    }
}
