namespace Quartier.Domain.Registry;

/// <summary>A node of a YAML file with its place in it.</summary>
internal sealed class YamlNode(YamlKind kind, int line, int column)
{
    private static readonly List<YamlNode> NoItems = [];
    private static readonly List<KeyValuePair<YamlNode, YamlNode>> NoEntries = [];

    public YamlKind Kind { get; } = kind;

    /// <summary>From 1.</summary>
    public int Line { get; } = line;

    /// <summary>From 1.</summary>
    public int Column { get; } = column;

    /// <summary>A scalar's text.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether the scalar is written without quotation marks, so that <c>~</c> and nothing mean null.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Columns between the node's first character and its text's: 1 when it is quoted.</summary>
    public int TextOffset => IsPlain ? 0 : 1;

    /// <summary>A sequence's items.</summary>
    public List<YamlNode> Items { get; init; } = NoItems;

    /// <summary>A mapping's entries in the order of the file; keys are unique.</summary>
    public List<KeyValuePair<YamlNode, YamlNode>> Entries { get; init; } = NoEntries;

    public bool IsNull => Kind == YamlKind.Scalar && IsPlain && Text is "" or "~" or "null";

    public string KindName => Kind switch
    {
        YamlKind.Scalar => "a single value",
        YamlKind.Sequence => "a list",
        _ => "a mapping",
    };
}
