using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Quartier.Domain.Payloads;

namespace Quartier.Domain.SensorThings.Writing;

/// <summary>Free JSON of an Observation: bounded, in one form, and looked through for what identifies a person or a device that a person carries, as payloads are.</summary>
public static class RemarkText
{
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonReaderOptions s_deep = new() { MaxDepth = BodyLimits.MaxDepth };

    /// <summary>A text as JSON.</summary>
    public static string Of(string text) => Written(json => json.WriteStringValue(text));

    /// <summary>The value without white space; null with what is wrong.</summary>
    /// <param name="where">The member that holds it.</param>
    /// <param name="value">The value.</param>
    /// <param name="mostBytes">Bytes that it may have.</param>
    /// <param name="problem">What is wrong; otherwise null.</param>
    public static string? Read(string where, JsonElement value, int mostBytes, out BodyProblem? problem)
    {
        var text = Written(value.WriteTo);
        problem = Check(where, text, mostBytes);
        return problem is null ? text : null;
    }

    /// <summary>What is wrong with JSON that is to be kept; null when nothing is.</summary>
    /// <param name="where">The member that holds it.</param>
    /// <param name="json">The JSON.</param>
    /// <param name="mostBytes">Bytes that it may have.</param>
    public static BodyProblem? Check(string where, string json, int mostBytes)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        if (bytes.Length > mostBytes)
        {
            return new(where, $"it has {bytes.Length} bytes as JSON; at most {mostBytes} are kept with an Observation. Send less, or describe the Datastream by its properties") { IsTooMuch = true };
        }

        var depth = new Utf8JsonReader(bytes, s_deep);
        while (depth.Read())
        {
            if (depth.CurrentDepth > BodyLimits.MaxRemarkDepth)
            {
                return new(where, $"it is nested more than {BodyLimits.MaxRemarkDepth} deep. Send it flatter");
            }
        }

        return Identified(where, bytes) is { } what
            ? new(where, $"it identifies a person, or a device that a person carries: {what}. That is not stored. Leave it out")
            : null;
    }

    /// <summary>What a value identifies, with the path of names to it where these say nothing themselves; null when nothing of the kind.</summary>
    private static string? Identified(string where, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, s_deep);
        var member = where;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                if (FieldScan.Name(ref reader) is { } byName)
                {
                    return $"the name '{WithheldText.Of(reader.GetString()!)}' means {byName}";
                }

                member = reader.GetString()!;
                continue;
            }

            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.EndObject or JsonTokenType.EndArray)
                && FieldScan.Value(ref reader) is { } byValue)
            {
                return $"'{member}' holds {byValue}";
            }
        }

        return null;
    }

    private static string Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_plain))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
