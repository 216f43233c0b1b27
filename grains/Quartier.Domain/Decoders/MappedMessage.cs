using System.Globalization;
using System.Text.Json;
using Quartier.Contracts.Readings;
using Quartier.Domain.Payloads;

namespace Quartier.Domain.Decoders;

/// <summary>Reads one message of JSON by a field map. Methods return what is wrong with the whole message, or null.</summary>
internal sealed class MappedMessage
{
    /// <summary>Longest name that is compared when it is written with escapes.</summary>
    private const int LongestName = 256;

    private readonly FieldMap _map;
    private readonly DecodeTarget _target;
    private readonly byte[] _device;
    private readonly bool[] _seen;
    private long _timeMs;
    private string? _badTime;

    /// <param name="map">Where what stands.</param>
    /// <param name="target">Where samples go.</param>
    /// <param name="device">What the topic calls the device; empty when it does not name it.</param>
    /// <param name="seen">One for each place of the map, all false.</param>
    public MappedMessage(FieldMap map, DecodeTarget target, byte[] device, bool[] seen)
    {
        (_map, _target, _timeMs) = (map, target, target.ReceivedMs);
        _device = device;
        _seen = seen;
    }

    /// <summary>Reads it.</summary>
    /// <param name="reader">At the message's first token.</param>
    public string? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject && (reader.TokenType != JsonTokenType.StartArray || !_map.Root.HasChildren))
        {
            return "a JSON object was expected";
        }

        _target.Output.ForgetSeen(_target.Schema.Count);
        if (ReadInside(ref reader, _map.Root) is { } fault)
        {
            return fault;
        }

        Finish();
        return null;
    }

    private void Finish()
    {
        var output = _target.Output;
        var taken = output.Count - _target.FirstSample;
        if (_badTime is not null && taken > 0)
        {
            output.TakeBack(_target.FirstSample);
            output.Refuse(RefusalReason.BadTime, _badTime, taken);
        }
        else if (taken > 0)
        {
            output.SetTime(_target.FirstSample, _timeMs);
        }
        else if (!_target.HasRefused)
        {
            output.Refuse(RefusalReason.BadPayload, _map.Nothing);
        }
    }

    private string? ReadInside(ref Utf8JsonReader reader, FieldNode node)
    {
        string? fault = null;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var i = 0; fault is null && reader.Read() && reader.TokenType != JsonTokenType.EndArray && !_target.IsTooMany; i++)
            {
                fault = ReadElement(ref reader, node, i);
            }

            return fault;
        }

        while (fault is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && !_target.IsTooMany)
        {
            fault = ReadMember(ref reader, node);
        }

        return fault;
    }

    private string? ReadElement(ref Utf8JsonReader reader, FieldNode node, int index)
    {
        Span<byte> name = stackalloc byte[11];
        index.TryFormat(name, out var written, default, CultureInfo.InvariantCulture);
        if (node.Find(name[..written]) is { } child)
        {
            return ReadNode(ref reader, child);
        }

        if (node.KnowsAll)
        {
            reader.Skip();
        }
        else
        {
            UnknownField.RefuseValue(ref reader, _target, $"an element of {node.Name}", byName: null, !_map.IgnoresUnknown);
        }

        return null;
    }

    private string? ReadMember(ref Utf8JsonReader reader, FieldNode node)
    {
        if (Find(ref reader, node) is { } child)
        {
            reader.Read();
            return ReadNode(ref reader, child);
        }

        if (node.KnowsAll)
        {
            reader.Skip();
        }
        else
        {
            UnknownField.Refuse(ref reader, _target, !_map.IgnoresUnknown);
        }

        return null;
    }

    private string? ReadNode(ref Utf8JsonReader reader, FieldNode node)
    {
        if (_seen[node.Index])
        {
            return $"{node.Name} stands twice";
        }

        _seen[node.Index] = true;
        switch (node.Role)
        {
            case FieldRole.Known:
                reader.Skip();
                return null;
            case FieldRole.Ignored:
                UnknownField.RefuseValue(ref reader, _target, node.Name, byName: null, isCounted: false);
                return null;
            case FieldRole.Time:
                _badTime = PayloadTime.Read(ref reader, out _timeMs, node.Name);
                return null;
            case FieldRole.Device:
                return CheckDevice(ref reader, node);
            case FieldRole.Value:
                return TakeValue(ref reader, node);
            default:
                return ReadInner(ref reader, node);
        }
    }

    private string? ReadInner(ref Utf8JsonReader reader, FieldNode node)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            return ReadInside(ref reader, node);
        }

        if (reader.TokenType != JsonTokenType.Null)
        {
            UnknownField.RefuseValue(ref reader, _target, node.Name, byName: null, isCounted: true);
        }

        return null;
    }

    private string? CheckDevice(ref Utf8JsonReader reader, FieldNode node)
    {
        var isSame = _device.Length == 0 || (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(_device));
        reader.Skip();
        return isSame ? null : $"{node.Name} names another device than the topic does";
    }

    private string? TakeValue(ref Utf8JsonReader reader, FieldNode node)
    {
        if (!_target.Output.TrySee(node.Datastream))
        {
            return $"{_target.Schema.NameOf(node.Datastream)} stands twice";
        }

        _target.TakeValue(ref reader, node.Datastream, node.Scale, node.Offset);
        return null;
    }

    private static FieldNode? Find(ref Utf8JsonReader reader, FieldNode node)
    {
        if (!reader.ValueIsEscaped)
        {
            return node.Find(reader.ValueSpan);
        }

        if (reader.ValueSpan.Length > LongestName)
        {
            return null;
        }

        Span<byte> name = stackalloc byte[LongestName];
        return node.Find(name[..reader.CopyString(name)]);
    }
}
