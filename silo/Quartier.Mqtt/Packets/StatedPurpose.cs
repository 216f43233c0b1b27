using System.Text;

namespace Quartier.Mqtt.Packets;

/// <summary>The user property <c>purpose</c>, by which readers say what they need data for.</summary>
internal static class StatedPurpose
{
    /// <summary>Longer than any purpose can be, in characters: what is cut here is unknown all the same, and fills no memory.</summary>
    public const int MaxLength = 65;

    /// <summary>The last one stated; null when there is none.</summary>
    public static string? Of(ReadOnlySpan<byte> properties)
    {
        string? purpose = null;
        var reader = new PropertyReader(properties);
        while (reader.TryRead(out var property))
        {
            purpose = Or(purpose, property);
        }

        return purpose;
    }

    /// <summary>The property's value when it is the purpose, else what was found before.</summary>
    public static string? Or(string? before, in MqttProperty property)
    {
        if (property.Id != PropertyId.UserProperty || !property.Data.SequenceEqual("purpose"u8))
        {
            return before;
        }

        var text = Encoding.UTF8.GetString(property.Value);
        return text.Length <= MaxLength ? text : text[..MaxLength];
    }
}
