using System.Collections.Immutable;
using System.Globalization;
using Quartier.Contracts.Registry;
using Quartier.Domain.Time;

namespace Quartier.Domain.Registry;

/// <summary>A mapping of the file, read key by key. What is wrong is added to the problems and a harmless value returned, so that reading goes on.</summary>
internal sealed class Section
{
    /// <summary>Longest text for people in characters.</summary>
    private const int MaxTextLength = 1000;

    private readonly ProblemList _problems;
    private readonly string _what;

    /// <summary>Begins to read a mapping; unknown keys are problems.</summary>
    /// <param name="node">The mapping.</param>
    /// <param name="what">What it describes, for messages: "a sensor".</param>
    /// <param name="keys">The keys that it may have; empty when any.</param>
    /// <param name="problems">Where problems go.</param>
    public Section(YamlNode node, string what, string[] keys, ProblemList problems)
    {
        Node = node;
        _what = what;
        _problems = problems;
        if (node.Kind != YamlKind.Mapping)
        {
            problems.Add(node, $"{what} must be a mapping (key: value), not {node.KindName}");
            return;
        }

        foreach (var (key, _) in keys.Length == 0 ? [] : node.Entries)
        {
            if (Array.IndexOf(keys, key.Text) < 0)
            {
                problems.Add(key, $"{what} has no key '{key.Text}'{Spelling.Hint(key.Text, keys)}. Known keys: {string.Join(", ", keys)}");
            }
        }
    }

    public YamlNode Node { get; }

    /// <summary>The value of a key; null when it is absent or null.</summary>
    public YamlNode? Find(string key)
    {
        foreach (var (name, value) in Node.Entries)
        {
            if (string.Equals(name.Text, key, StringComparison.Ordinal))
            {
                return value.IsNull ? null : value;
            }
        }

        return null;
    }

    /// <summary>Where to report a problem with a key's value.</summary>
    public YamlNode At(string key) => Find(key) ?? Node;

    public void Problem(string key, string message) => _problems.Add(At(key), message);

    /// <summary>The text of a key that must be there.</summary>
    public string Text(string key) => OptionalText(key) ?? Missing(key);

    public string? OptionalText(string key)
    {
        if (Find(key) is not { } node)
        {
            return null;
        }

        if (node.Kind != YamlKind.Scalar)
        {
            _problems.Add(node, $"'{key}' must be a text, not {node.KindName}");
            return "";
        }

        if (node.Text.Length > MaxTextLength || node.Text.AsSpan().Trim().IsEmpty)
        {
            _problems.Add(node, $"'{key}' must have 1 … {MaxTextLength} characters");
        }

        return node.Text;
    }

    /// <summary>An id that must be there.</summary>
    public string Id(string key)
    {
        var id = Text(key);
        if (id.Length > 0 && !Names.IsId(id))
        {
            Problem(key, $"'{id}' is no id: lower-case letters, digits and '-', at most 64 characters");
        }

        return id;
    }

    /// <summary>An id of something that is registered elsewhere in the file.</summary>
    public string Reference(string key, string kind, IReadOnlyDictionary<string, YamlNode> known)
    {
        var id = Text(key);
        if (id.Length > 0 && !known.ContainsKey(id))
        {
            Problem(key, $"there is no {kind} '{id}'{Spelling.Hint(id, known.Keys)}");
        }

        return id;
    }

    /// <summary>A text in both languages that must be there.</summary>
    public BilingualText Bilingual(string key)
    {
        if (Find(key) is { Kind: YamlKind.Mapping } node)
        {
            var texts = new Section(node, $"'{key}'", ["de", "en"], _problems);
            return new BilingualText(texts.Text("de"), texts.Text("en"));
        }

        var text = Text(key);
        return new BilingualText(text, text);
    }

    public double? Number(string key)
    {
        if (Find(key) is not { } node)
        {
            return null;
        }

        if (TryNumber(node, out var number))
        {
            return number;
        }

        _problems.Add(node, $"'{key}' must be a number, such as 12.5");
        return null;
    }

    public double NumberFrom(string key, double least, double otherwise)
    {
        var number = Number(key) ?? otherwise;
        if (number < least)
        {
            Problem(key, string.Create(CultureInfo.InvariantCulture, $"'{key}' is {number}; at least {least} is accepted"));
        }

        return number;
    }

    public int? Integer(string key, int least, int greatest)
    {
        if (Find(key) is not { } node)
        {
            return null;
        }

        if (node.Kind == YamlKind.Scalar
            && int.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= greatest)
        {
            return number;
        }

        _problems.Add(node, string.Create(CultureInfo.InvariantCulture, $"'{key}' must be a whole number, {least} … {greatest}"));
        return null;
    }

    public int RequiredInteger(string key, int least, int greatest)
    {
        if (Find(key) is null)
        {
            Missing(key);
        }

        return Integer(key, least, greatest) ?? least;
    }

    /// <summary>A duration in milliseconds; 0 when absent.</summary>
    public long Duration(string key, long greatestMs)
    {
        if (Find(key) is not { } node)
        {
            return 0;
        }

        if (node.Kind != YamlKind.Scalar || !IsoDuration.TryParse(node.Text, out var ms))
        {
            _problems.Add(node, $"'{key}' must be an ISO 8601 duration without months and years, such as PT15M or P1D");
            return 0;
        }

        if (ms > greatestMs)
        {
            _problems.Add(node, $"'{key}' is {IsoDuration.Format(ms)}; at most {IsoDuration.Format(greatestMs)} is accepted");
        }

        return ms;
    }

    public bool Flag(string key)
    {
        var text = Find(key) is { } node ? (node.Kind == YamlKind.Scalar ? node.Text : "?") : "false";
        if (text is not ("true" or "false"))
        {
            Problem(key, $"'{key}' must be true or false");
        }

        return text is "true";
    }

    /// <summary>One of several words.</summary>
    public T Choice<T>(string key, T? otherwise, params ReadOnlySpan<(string Word, T Value)> choices)
        where T : struct
    {
        var written = Find(key);
        if (written is null && otherwise is { } value)
        {
            return value;
        }

        var text = written is null ? Missing(key) : written.Text;
        foreach (var (word, meaning) in choices)
        {
            if (string.Equals(word, text, StringComparison.Ordinal))
            {
                return meaning;
            }
        }

        if (written is not null)
        {
            var words = choices.ToArray().Select(c => c.Word).ToArray();
            _problems.Add(written, $"'{key}' must be one of {string.Join(", ", words)}{Spelling.Hint(text, words)}");
        }

        return choices[0].Value;
    }

    /// <summary>The items of a list; nothing when the key is absent.</summary>
    public List<YamlNode> Items(string key)
    {
        if (Find(key) is not { } node)
        {
            return [];
        }

        if (node.Kind == YamlKind.Sequence)
        {
            return node.Items;
        }

        _problems.Add(node, $"'{key}' must be a list, not {node.KindName}");
        return [];
    }

    public List<KeyValuePair<YamlNode, YamlNode>> Entries(string key)
    {
        if (Find(key) is not { } node)
        {
            return [];
        }

        if (node.Kind == YamlKind.Mapping)
        {
            return node.Entries;
        }

        _problems.Add(node, $"'{key}' must be a mapping (name: value), not {node.KindName}");
        return [];
    }

    /// <summary>A list of texts; nothing when the key is absent.</summary>
    public ImmutableArray<string> Texts(string key)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in Items(key))
        {
            if (item.Kind != YamlKind.Scalar || item.Text.Length is 0 or > MaxTextLength)
            {
                _problems.Add(item, $"'{key}' must be a list of texts of 1 … {MaxTextLength} characters");
            }
            else
            {
                texts.Add(item.Text);
            }
        }

        return texts.ToImmutable();
    }

    /// <summary>A position; null when absent.</summary>
    public Location? Position(string key) => Find(key) is { } node ? ReadPosition(node, _problems) : null;

    /// <summary>A closed ring of positions; empty when absent.</summary>
    public ImmutableArray<Location> Ring(string key)
    {
        const int mostPoints = 10_000;
        var ring = ImmutableArray.CreateBuilder<Location>();
        foreach (var item in Items(key))
        {
            ring.Add(ReadPosition(item, _problems) ?? default);
        }

        if (ring.Count > 0 && (ring.Count is < 4 or > mostPoints || ring[0] != ring[^1]))
        {
            Problem(key, $"'{key}' is a closed ring: 4 … {mostPoints} positions, the last equal to the first");
        }

        return ring.ToImmutable();
    }

    internal static Location? ReadPosition(YamlNode node, ProblemList problems)
    {
        if (node.Kind != YamlKind.Sequence || node.Items.Count != 2
            || !TryNumber(node.Items[0], out var longitude) || !TryNumber(node.Items[1], out var latitude))
        {
            problems.Add(node, "a position is [longitude, latitude] in degrees, such as [7.63, 51.96]");
            return null;
        }

        if (Math.Abs(longitude) > 180 || Math.Abs(latitude) > 90)
        {
            problems.Add(node, "a position is [longitude, latitude]: longitude within -180 … 180, latitude within -90 … 90");
            return null;
        }

        return new Location(longitude, latitude);
    }

    internal static bool TryNumber(YamlNode node, out double number)
    {
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        number = 0;
        return node.Kind == YamlKind.Scalar
            && double.TryParse(node.Text, styles, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    private string Missing(string key)
    {
        _problems.Add(Node, $"{_what} needs '{key}'");
        return "";
    }
}
