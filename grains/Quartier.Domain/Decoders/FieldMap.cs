using System.Collections.Immutable;
using System.Text;
using Quartier.Contracts.Registry;
using Quartier.Domain.Payloads;

namespace Quartier.Domain.Decoders;

/// <summary>
/// Where in a gateway's messages the properties of one sensor stand: the format's shape and the gateway's field map, for the sensor's schema.
/// A property that the field map does not name stands under its own name. Immutable once compiled.
/// </summary>
internal sealed class FieldMap
{
    private readonly DecoderShape _shape;
    private readonly SensorSchema _schema;

    private FieldMap(DecoderShape shape, SensorSchema schema)
    {
        (_shape, _schema) = (shape, schema);
        Root = new FieldNode(Count++, "the message");
        Content = Root;
    }

    public FieldNode Root { get; }

    /// <summary>Where the values are.</summary>
    public FieldNode Content { get; private set; }

    /// <summary>Number of places.</summary>
    public int Count { get; private set; }

    /// <summary>Whether what is not read is passed over without being counted.</summary>
    public bool IgnoresUnknown { get; private set; }

    /// <summary>What is said of a message without any value.</summary>
    public string Nothing => $"{_shape.Nothing}. The sensor's properties are {_schema.Names()}";

    /// <summary>Compiles it.</summary>
    /// <param name="decoder">The gateway's.</param>
    /// <param name="schema">The sensor's.</param>
    /// <param name="property">The property of which the topic tells; null for none.</param>
    public static FieldMap Compile(DecoderDefinition decoder, SensorSchema schema, string? property)
    {
        var shape = DecoderShape.Of(decoder.Format);
        var map = new FieldMap(shape, schema);
        foreach (var path in shape.Known)
        {
            map.Mark(map.Root, path, FieldRole.Known);
        }

        foreach (var path in shape.Ignored)
        {
            map.Mark(map.Root, path, FieldRole.Ignored);
        }

        if (shape.Device is { } device)
        {
            map.Mark(map.Root, device, FieldRole.Device);
        }

        map.Content = map.Mark(map.Root, shape.Content, FieldRole.Inner);
        map.AddIgnored(decoder.Ignore);
        map.AddValues(decoder, property);
        if ((decoder.Time is { } time ? FieldPath.Split(time) : shape.Time) is { } at)
        {
            map.Mark(map.Root, at, FieldRole.Time);
        }

        return map;
    }

    /// <summary>The place of a property that has a topic of its own; null when the sensor has no such property.</summary>
    public FieldNode? Single(string? property) =>
        Content.Role == FieldRole.Value ? Content : property is null ? null : Content.Find(Encoding.UTF8.GetBytes(property));

    private void AddIgnored(ImmutableArray<string> ignored)
    {
        foreach (var path in ignored)
        {
            if (path is "*")
            {
                IgnoresUnknown = true;
            }
            else if (FieldPath.Split(path) is { } names)
            {
                Mark(Content, names, FieldRole.Ignored);
            }
        }
    }

    private void AddValues(DecoderDefinition decoder, string? property)
    {
        var own = Enumerable.Range(0, _schema.Count).ToDictionary(_schema.NameOf, StringComparer.Ordinal);
        foreach (var field in decoder.Fields)
        {
            if (_schema.Find(Encoding.UTF8.GetBytes(field.Property)) is >= 0 and var datastream && FieldPath.Split(field.Path) is { } names)
            {
                own.Remove(field.Property);
                SetValue(Mark(Content, names, FieldRole.Value), datastream, field);
            }
        }

        foreach (var (name, datastream) in own)
        {
            if (Content.Find(Encoding.UTF8.GetBytes(name)) is null)
            {
                SetValue(Mark(Content, [name], FieldRole.Value), datastream, null);
            }
        }

        // Of one property: the result itself is its value, where it is known which one.
        var only = property is not null ? Content.Find(Encoding.UTF8.GetBytes(property)) : null;
        if (_shape.IsOneProperty && only is { Role: FieldRole.Value })
        {
            (Content.Role, Content.Datastream, Content.Scale, Content.Offset) = (FieldRole.Value, only.Datastream, only.Scale, only.Offset);
        }
        else if (_shape.IsOneProperty && property is null && _schema.Count == 1)
        {
            SetValue(Content, 0, decoder.Fields.FirstOrDefault(f => string.Equals(f.Property, _schema.NameOf(0), StringComparison.Ordinal)));
        }
    }

    private static void SetValue(FieldNode node, int datastream, DecoderField? field) =>
        (node.Role, node.Datastream, node.Scale, node.Offset) = (FieldRole.Value, datastream, field?.Scale ?? 1, field?.Offset ?? 0);

    private FieldNode Mark(FieldNode from, string[] names, FieldRole role)
    {
        var node = from;
        foreach (var name in names)
        {
            if (name is "*")
            {
                node.KnowsAll = true;
                return node;
            }

            node = node.Find(Encoding.UTF8.GetBytes(name)) ?? node.Add(new FieldNode(Count++, name));
        }

        node.Role = role;
        return node;
    }
}
