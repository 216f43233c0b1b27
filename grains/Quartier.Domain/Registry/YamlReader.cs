using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Quartier.Domain.Registry;

/// <summary>
/// Reads one YAML document into nodes with places. Anchors and aliases are refused (they can make a small file mean a giant one, and
/// sensorModels serve the purpose), and so are tags and further documents.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>Deepest nesting: the format itself needs 8.</summary>
    private const int MaxDepth = 32;

    private readonly IParser _parser;
    private readonly ProblemList _problems;

    private YamlReader(IParser parser, ProblemList problems)
    {
        _parser = parser;
        _problems = problems;
    }

    /// <summary>The document's root; null when the file is no YAML, which is then among the problems.</summary>
    public static YamlNode? Read(string yaml, ProblemList problems)
    {
        using var text = new StringReader(yaml);
        var parser = new Parser(text);
        try
        {
            return new YamlReader(parser, problems).ReadDocument();
        }
        catch (YamlException broken)
        {
            problems.Add((int)broken.Start.Line, (int)broken.Start.Column, $"not YAML: {broken.Message}");
            return null;
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 16.3: the scanner fails so at some malformed plain scalars instead of naming the place.
            var last = parser.Current;
            problems.Add(last is null ? 0 : LineOf(last), last is null ? 0 : ColumnOf(last), "not YAML: a value after this place cannot be read");
            return null;
        }
    }

    private static int LineOf(ParsingEvent at) => (int)at.Start.Line;

    private static int ColumnOf(ParsingEvent at) => (int)at.Start.Column;

    private YamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _problems.Add(0, 0, "the file is empty");
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out _) && _parser.Current is { } more)
        {
            _problems.Add(LineOf(more), ColumnOf(more), "a second document begins; a registry file holds one");
        }

        return root;
    }

    private YamlNode ReadNode(int depth)
    {
        var current = _parser.Current!;
        if (depth > MaxDepth)
        {
            throw new YamlException(current.Start, current.End, $"nested more than {MaxDepth} deep");
        }

        if (current is NodeEvent { Anchor.IsEmpty: false } or AnchorAlias)
        {
            throw new YamlException(current.Start, current.End, "anchors (&) and aliases (*) are not accepted; use sensorModels for what sensors share");
        }

        if (current is NodeEvent { Tag.IsEmpty: false })
        {
            throw new YamlException(current.Start, current.End, "tags (!) are not accepted");
        }

        return current switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart => ReadSequence(depth),
            _ => ReadMapping(depth),
        };
    }

    private YamlNode ReadScalar(Scalar scalar)
    {
        _parser.MoveNext();
        return new YamlNode(YamlKind.Scalar, LineOf(scalar), ColumnOf(scalar)) { Text = scalar.Value, IsPlain = scalar.Style == ScalarStyle.Plain };
    }

    private YamlNode ReadSequence(int depth)
    {
        var start = _parser.Consume<SequenceStart>();
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new YamlNode(YamlKind.Sequence, LineOf(start), ColumnOf(start)) { Items = items };
    }

    private YamlNode ReadMapping(int depth)
    {
        var start = _parser.Consume<MappingStart>();
        var entries = new List<KeyValuePair<YamlNode, YamlNode>>(8);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key.Kind != YamlKind.Scalar)
            {
                _problems.Add(key, $"a key must be a text, not {key.KindName}");
            }
            else if (entries.Exists(e => string.Equals(e.Key.Text, key.Text, StringComparison.Ordinal)))
            {
                _problems.Add(key, $"'{key.Text}' stands twice");
            }
            else
            {
                entries.Add(new(key, value));
            }
        }

        return new YamlNode(YamlKind.Mapping, LineOf(start), ColumnOf(start)) { Entries = entries };
    }
}
