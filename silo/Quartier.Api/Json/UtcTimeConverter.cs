using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Quartier.Api.Json;

/// <summary>Writes a <see cref="UtcTime"/> without allocating.</summary>
internal sealed class UtcTimeConverter : JsonConverter<UtcTime>
{
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int Length = 24;

    public override UtcTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetDateTimeOffset().ToUnixTimeMilliseconds());

    public override void Write(Utf8JsonWriter writer, UtcTime value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[Length];
        var instant = DateTimeOffset.FromUnixTimeMilliseconds(value.Ms);
        instant.TryFormat(text, out var written, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..written]);
    }
}
