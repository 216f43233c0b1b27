using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Quartier.Contracts.Readings;

namespace Quartier.Domain.Payloads;

/// <summary>
/// Turns one MQTT payload of a sensor into samples. Nothing is guessed: what cannot be read is refused with a reason. Does not allocate when
/// nothing is refused (but for escaped texts). The formats are in docs/payloads.md.
/// </summary>
public static class PayloadDecoder
{
    /// <summary>Most samples in one message; see <see cref="RefusalReason.TooMany"/>.</summary>
    public const int MaxSamples = 10_000;

    /// <summary>Deepest nesting that is read at all: unknown properties may hold objects, which are skipped.</summary>
    private const int MaxDepth = 16;

    /// <summary>Decodes a payload that may lie in several segments of a pipe.</summary>
    /// <inheritdoc cref="Decode(ReadOnlySpan{byte}, SensorSchema, long, SampleBuffer)"/>
    public static DecodeResult Decode(in ReadOnlySequence<byte> payload, SensorSchema schema, long receivedMs, SampleBuffer output)
    {
        if (payload.IsSingleSegment)
        {
            return Decode(payload.FirstSpan, schema, receivedMs, output);
        }

        var length = checked((int)payload.Length);
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            payload.CopyTo(copy);
            return Decode(copy.AsSpan(0, length), schema, receivedMs, output);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    /// <summary>Decodes a payload.</summary>
    /// <param name="payload">The message's payload.</param>
    /// <param name="schema">Of the sensor that the topic names.</param>
    /// <param name="receivedMs">The silo's clock on arrival, in milliseconds since 1970-01-01T00:00:00Z: the time of samples that bring none.</param>
    /// <param name="output">Samples and refusals are added to it.</param>
    public static DecodeResult Decode(ReadOnlySpan<byte> payload, SensorSchema schema, long receivedMs, SampleBuffer output)
    {
        var before = output.Count;
        if (PlainObject.TryDecode(payload, schema, receivedMs, output))
        {
            return new DecodeResult(output.Count - before, 0, PayloadFormat.Json);
        }

        return DecodeAny(payload, new DecodeTarget(schema, receivedMs, output));
    }

    /// <summary>Decodes one value of JSON by somebody else's reading of it, with the same care for what is no JSON.</summary>
    internal static DecodeResult DecodeAs(ReadOnlySpan<byte> payload, DecodeTarget target, PayloadFormat format, MessageRead read)
    {
        string? fault;
        try
        {
            fault = Unreadable(payload);
            if (fault is null)
            {
                var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = MaxDepth });
                reader.Read();
                fault = read(ref reader, target) ?? More(ref reader, target);
            }
        }
        catch (JsonException broken)
        {
            fault = NotJson(broken, payload);
        }

        return Conclude(fault, target, format);
    }

    private static DecodeResult DecodeAny(ReadOnlySpan<byte> payload, DecodeTarget target)
    {
        var format = PayloadFormat.Unknown;
        string? fault;
        try
        {
            fault = Unreadable(payload) ?? Read(payload, target, out format);
        }
        catch (JsonException broken)
        {
            fault = NotJson(broken, payload);
        }

        return Conclude(fault, target, format);
    }

    private static DecodeResult Conclude(string? fault, DecodeTarget target, PayloadFormat format)
    {
        if (fault is not null)
        {
            return target.RefuseMessage(RefusalReason.BadPayload, fault, format);
        }

        return target.IsTooMany
            ? target.RefuseMessage(RefusalReason.TooMany, $"more than {MaxSamples} values in one message; split it", format)
            : target.Result(format);
    }

    private static string NotJson(JsonException broken, ReadOnlySpan<byte> payload)
    {
        var line = (broken.LineNumber ?? 0) + 1;
        return $"not JSON at byte {broken.BytePositionInLine ?? 0} of line {line}; the payload begins {PayloadText.QuoteMessage(payload)}";
    }

    /// <summary>Reading on past the end is what finds trailing garbage: it throws.</summary>
    private static string? More(ref Utf8JsonReader reader, DecodeTarget target) =>
        !target.IsTooMany && reader.Read() ? "more than one JSON value" : null;

    private static string? Unreadable(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return "empty payload; send a JSON object such as {\"temperature\": 21.5}";
        }

        if (payload.StartsWith("\uFEFF"u8))
        {
            return "begins with a byte order mark; send UTF-8 without one";
        }

        if (!Utf8.IsValid(payload))
        {
            return "not valid UTF-8";
        }

        return PayloadEscapes.ArePaired(payload) ? null : "an escape \\uD800 … \\uDFFF that is no text: only pairs of them are";
    }

    private static string? Read(ReadOnlySpan<byte> payload, DecodeTarget target, out PayloadFormat format)
    {
        var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        format = PayloadFormat.Json;
        string? fault;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                fault = JsonObjects.ReadObject(ref reader, target);
                break;
            case JsonTokenType.StartArray:
                fault = ReadArray(ref reader, target, out format);
                break;
            case JsonTokenType.Number:
                format = PayloadFormat.Number;
                fault = ReadNumber(ref reader, target);
                break;
            default:
                return $"neither an object, an array nor a number: {PayloadText.QuoteMessage(payload)}";
        }

        return fault ?? More(ref reader, target);
    }

    private static string? ReadArray(ref Utf8JsonReader reader, DecodeTarget target, out PayloadFormat format)
    {
        if (SenMLRecords.Starts(reader, target.Schema))
        {
            format = PayloadFormat.SenML;
            return SenMLRecords.Read(ref reader, target);
        }

        format = PayloadFormat.Json;
        return JsonObjects.ReadArray(ref reader, target);
    }

    private static string? ReadNumber(ref Utf8JsonReader reader, DecodeTarget target)
    {
        if (target.Schema.Count != 1)
        {
            return $"a number alone is only for a sensor with one datastream; this one has {target.Schema.Count}: {target.Schema.Names()}";
        }

        target.TakeValue(ref reader, 0);
        target.Output.SetTime(target.FirstSample, target.ReceivedMs);
        return null;
    }
}
