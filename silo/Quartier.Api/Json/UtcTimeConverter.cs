using System.Text.Json;
using System.Text.Json.Serialization;
using Quartier.Domain.Time;

namespace Quartier.Api.Json;

/// <summary>Writes a <see cref="UtcTime"/> without allocating.</summary>
internal sealed class UtcTimeConverter : JsonConverter<UtcTime>
{
    public override UtcTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetDateTimeOffset().ToUnixTimeMilliseconds());

    public override void Write(Utf8JsonWriter writer, UtcTime value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[IsoTime.Length];
        IsoTime.Format(value.Ms, text);
        writer.WriteStringValue(text);
    }
}
