using System.Text.Unicode;

namespace Quartier.Mqtt.Packets;

/// <summary>What section 1.5.4 demands of a text.</summary>
internal static class Utf8Text
{
    /// <summary>Well-formed UTF-8 [MQTT-1.5.4-1] without U+0000 [MQTT-1.5.4-2]; U+FEFF stays what it is [MQTT-1.5.4-3].</summary>
    public static bool IsValid(ReadOnlySpan<byte> text) => !text.Contains((byte)0) && Utf8.IsValid(text);
}
