using System.Buffers;
using System.Text.Json;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Domain.Time;

namespace Quartier.Silo.Live;

/// <summary>The messages of live topics, as JSON; docs/mqtt.md lists their members.</summary>
internal static class LiveMessage
{
    private static readonly (Quality Flag, string Word)[] Words =
        [.. Enum.GetValues<Quality>().Where(q => q != Quality.Good).Select(q => (q, JsonNamingPolicy.KebabCaseLower.ConvertName(q.ToString())))];

    /// <summary>A sensor's value.</summary>
    public static byte[] Of(SensorDefinition sensor, DatastreamDefinition stream, Reading reading) => Write(json =>
    {
        json.WriteString("sensor"u8, $"{sensor.Gateway}/{sensor.Id}");
        json.WriteString("property"u8, stream.Property);
        WriteValue(json, reading.TimeMs, reading.Value, stream.Unit, reading.Quality);
    });

    /// <summary>An asset's computed value.</summary>
    public static byte[] Of(AssetDefinition asset, string name, string unit, AssetValue value) => Write(json =>
    {
        json.WriteString("asset"u8, asset.Id);
        json.WriteString("name"u8, name);
        WriteValue(json, value.TimeMs, value.Value, unit, value.Quality);
    });

    /// <summary>An asset's status.</summary>
    public static byte[] Of(AssetDefinition asset, AssetState state) => Write(json =>
    {
        json.WriteString("asset"u8, asset.Id);
        json.WriteString("status"u8, state.Status);
    });

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteValue(Utf8JsonWriter json, long timeMs, double value, string unit, Quality quality)
    {
        json.WriteString("time"u8, IsoTime.Format(timeMs));
        json.WriteNumber("value"u8, value);
        json.WriteString("unit"u8, unit);
        json.WriteStartArray("quality"u8);
        foreach (var (flag, word) in Words)
        {
            if ((quality & flag) != Quality.Good)
            {
                json.WriteStringValue(word);
            }
        }

        json.WriteEndArray();
    }
}
