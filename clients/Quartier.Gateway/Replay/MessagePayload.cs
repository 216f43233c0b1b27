using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;

namespace Quartier.Gateway.Replay;

/// <summary>Builds a payload <c>{"t": …, "property": value, …}</c>.</summary>
internal sealed class MessagePayload : IDisposable
{
    /// <summary>Payloads never reach a page as markup, so '+' and letters stay readable.</summary>
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> buffer = new();
    private readonly Utf8JsonWriter writer;

    public MessagePayload(OffsetDateTime time)
    {
        writer = new Utf8JsonWriter(buffer, Plain);
        writer.WriteStartObject();
        writer.WriteString("t"u8, time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
    }

    /// <summary>Values added so far.</summary>
    public int Readings { get; private set; }

    public void Add(string property, long value)
    {
        writer.WriteNumber(property, value);
        Readings++;
    }

    public void Add(string property, string label)
    {
        writer.WriteString(property, label);
        Readings++;
    }

    /// <summary>Ends the object and returns it.</summary>
    public byte[] ToBytes()
    {
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public void Dispose() => writer.Dispose();
}
