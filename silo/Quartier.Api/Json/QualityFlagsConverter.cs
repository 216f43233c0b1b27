using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Quartier.Contracts.Readings;

namespace Quartier.Api.Json;

/// <summary>Writes <see cref="QualityFlags"/> as the words of docs/api.md.</summary>
internal sealed class QualityFlagsConverter : JsonConverter<QualityFlags>
{
    private static readonly ImmutableArray<(Quality Flag, JsonEncodedText Word)> Flags =
    [
        (Quality.OutOfRange, JsonEncodedText.Encode("out-of-range")),
        (Quality.Contradicted, JsonEncodedText.Encode("contradicted")),
        (Quality.Late, JsonEncodedText.Encode("late")),
        (Quality.ClockSkew, JsonEncodedText.Encode("clock-skew")),
        (Quality.Step, JsonEncodedText.Encode("step")),
        (Quality.Stuck, JsonEncodedText.Encode("stuck")),
        (Quality.Gap, JsonEncodedText.Encode("gap")),
    ];

    /// <summary>All words, in the order in which they are written.</summary>
    public static IEnumerable<string> Words => Flags.Select(f => f.Word.ToString());

    /// <summary>The words for the flags that are set.</summary>
    public static IEnumerable<string> WordsOf(Quality quality) => Flags.Where(f => (quality & f.Flag) != Quality.Good).Select(f => f.Word.ToString());

    public override QualityFlags Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var quality = Quality.Good;
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            foreach (var (flag, word) in Flags)
            {
                quality |= reader.ValueTextEquals(word.EncodedUtf8Bytes) ? flag : Quality.Good;
            }
        }

        return new(quality);
    }

    public override void Write(Utf8JsonWriter writer, QualityFlags value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var (flag, word) in Flags)
        {
            if ((value.Value & flag) != Quality.Good)
            {
                writer.WriteStringValue(word);
            }
        }

        writer.WriteEndArray();
    }
}
