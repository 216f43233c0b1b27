using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Domain.Payloads;

namespace Quartier.Domain.Decoders;

/// <summary>Reads the messages of one topic as its gateway's decoder says. Immutable; the formats are in docs/payloads.md.</summary>
public sealed class PayloadReader
{
    /// <summary>Sensors of one kind share a schema, and so a map. A topic can name only the properties of which the schema has some dozens.</summary>
    private static readonly ConditionalWeakTable<SensorSchema, ConcurrentDictionary<(DecoderDefinition Decoder, string? Property), FieldMap>> Maps = [];

    /// <summary>Stands for all names that are no property's.</summary>
    private const string NoProperty = "?";

    private readonly DecoderFormat _format;
    private readonly SensorSchema _schema;
    private readonly FieldMap? _map;
    private readonly byte[] _device;
    private readonly string? _property;

    private PayloadReader(DecoderFormat format, SensorSchema schema, FieldMap? map, string? device, string? property)
    {
        (_format, _schema, _map, _property) = (format, schema, map, property);
        _device = device is null ? [] : Encoding.UTF8.GetBytes(device);
    }

    /// <summary>Compiles a reader.</summary>
    /// <param name="decoder">The gateway's.</param>
    /// <param name="schema">Of the sensor that the topic names.</param>
    /// <param name="device">What the topic calls the device; null when the topic does not name it.</param>
    /// <param name="property">The property of which the topic tells; null for none.</param>
    public static PayloadReader Compile(DecoderDefinition decoder, SensorSchema schema, string? device = null, string? property = null) =>
        new(decoder.Format, schema, MapOf(decoder, schema, property), device, property);

    /// <summary>Decodes a payload, as <see cref="PayloadDecoder.Decode(ReadOnlySpan{byte}, SensorSchema, long, SampleBuffer)"/> does.</summary>
    /// <param name="payload">The message's payload.</param>
    /// <param name="receivedMs">The silo's clock on arrival, in milliseconds since 1970-01-01T00:00:00Z: the time of samples that bring none.</param>
    /// <param name="output">Samples and refusals are added to it.</param>
    public DecodeResult Decode(ReadOnlySpan<byte> payload, long receivedMs, SampleBuffer output)
    {
        switch (_format)
        {
            case DecoderFormat.Native:
                return PayloadDecoder.Decode(payload, _schema, receivedMs, output);
            case DecoderFormat.SenMLJson:
                return PayloadDecoder.DecodeAs(payload, new DecodeTarget(_schema, receivedMs, output), PayloadFormat.SenML, ReadSenML);
            case DecoderFormat.SenMLCbor:
                return DecodeCbor(payload, new DecodeTarget(_schema, receivedMs, output));
            case DecoderFormat.Number:
                return DecodeNumber(payload.Trim(" \t\r\n"u8), new DecodeTarget(_schema, receivedMs, output));
            default:
                return PayloadDecoder.DecodeAs(payload, new DecodeTarget(_schema, receivedMs, output), PayloadFormat.Mapped, ReadMapped);
        }
    }

    /// <summary>The map that readers of the same decoder, schema and property share; null for formats without one.</summary>
    private static FieldMap? MapOf(DecoderDefinition decoder, SensorSchema schema, string? property)
    {
        if (decoder.Format is DecoderFormat.Native or DecoderFormat.SenMLJson or DecoderFormat.SenMLCbor)
        {
            return null;
        }

        // A name from a topic that means nothing must not become an entry: whoever publishes could add one with every message.
        var isKnown = property is null || schema.Find(Encoding.UTF8.GetBytes(property)) >= 0
            || decoder.Fields.Any(f => string.Equals(f.Path, property, StringComparison.Ordinal));
        return Maps.GetValue(schema, static _ => [])
            .GetOrAdd((decoder, isKnown ? property : NoProperty), static (key, of) => FieldMap.Compile(key.Decoder, of, key.Property), schema);
    }

    private static DecodeResult DecodeCbor(ReadOnlySpan<byte> payload, DecodeTarget target)
    {
        var json = new ArrayBufferWriter<byte>(Math.Max(256, payload.Length * 2));
        return CborSenML.Rewrite(payload, json) is { } fault
            ? target.RefuseMessage(RefusalReason.BadPayload, fault, PayloadFormat.SenMLCbor)
            : PayloadDecoder.DecodeAs(json.WrittenSpan, target, PayloadFormat.SenMLCbor, ReadSenML);
    }

    private static string? ReadSenML(ref Utf8JsonReader reader, DecodeTarget target) =>
        reader.TokenType == JsonTokenType.StartArray ? SenMLRecords.Read(ref reader, target) : "SenML is an array of records";

    private DecodeResult DecodeNumber(ReadOnlySpan<byte> payload, DecodeTarget target)
    {
        if (_map!.Single(_property) is not { Role: FieldRole.Value } node)
        {
            var why = _property is null
                ? $"a number alone, in a topic that names no property, is only for a sensor with one datastream; this one has {_schema.Names()}"
                : $"{PayloadText.Quote(Encoding.UTF8.GetBytes(_property))} is not a property of the sensor; it has {_schema.Names()}";
            return target.RefuseMessage(_property is null ? RefusalReason.BadPayload : RefusalReason.UnknownProperty, why, PayloadFormat.Number);
        }

        if (_schema.TryCode(node.Datastream, payload, out var code))
        {
            target.Output.Add(node.Datastream, target.ReceivedMs, code);
            return target.Result(PayloadFormat.Number);
        }

        return PayloadDecoder.DecodeAs(payload, target, PayloadFormat.Number, (ref Utf8JsonReader reader, DecodeTarget to) =>
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                return "a number was expected, not an object or array; another decoder may suit the gateway";
            }

            to.TakeValue(ref reader, node.Datastream, node.Scale, node.Offset);
            to.Output.SetTime(to.FirstSample, to.ReceivedMs);
            return null;
        });
    }

    private string? ReadMapped(ref Utf8JsonReader reader, DecodeTarget target) =>
        new MappedMessage(_map!, target, _device, new bool[_map!.Count]).Read(ref reader);
}
