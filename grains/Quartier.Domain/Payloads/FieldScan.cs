using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Quartier.Domain.Payloads;

/// <summary>Looks at a field that will not be stored anyway, to find and count what must not even have been sent.</summary>
internal static class FieldScan
{
    /// <summary>What the field identifies by its name, or what its name looks like; null when nothing of the kind.</summary>
    /// <param name="reader">At the property's name.</param>
    public static string? Name(ref Utf8JsonReader reader) => Unescaped(ref reader, OfName);

    /// <summary>What a name in UTF-8 identifies; null when nothing of the kind.</summary>
    public static string? OfName(ReadOnlySpan<byte> name)
    {
        if (name.Length > IdentifyingNames.MaxLength)
        {
            return Identifiers.Find(name);
        }

        Span<char> text = stackalloc char[IdentifyingNames.MaxLength];
        return IdentifyingNames.Find(text[..Encoding.UTF8.GetChars(name, text)]) ?? Identifiers.Find(name);
    }

    /// <summary>What the value identifies, with all that is nested in it; null when nothing of the kind. Leaves the reader at its last token.</summary>
    /// <param name="reader">At the value.</param>
    public static string? Value(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        var found = Token(ref reader);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return found;
        }

        while (reader.Read() && reader.CurrentDepth > depth)
        {
            found ??= Token(ref reader);
        }

        return found;
    }

    /// <summary>What the text identifies; null when nothing of the kind.</summary>
    /// <param name="reader">At the text.</param>
    public static string? Text(ref Utf8JsonReader reader) => Unescaped(ref reader, Identifiers.Find);

    private static string? Token(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => Text(ref reader),
        JsonTokenType.PropertyName => Name(ref reader),
        JsonTokenType.Number => Identifiers.IsImei(reader.GetDouble()) ? "an IMEI" : null,
        _ => null,
    };

    private static string? Unescaped(ref Utf8JsonReader reader, Func<ReadOnlySpan<byte>, string?> look)
    {
        if (!reader.ValueIsEscaped)
        {
            return look(reader.ValueSpan);
        }

        var unescaped = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            return look(unescaped.AsSpan(0, reader.CopyString(unescaped)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(unescaped, clearArray: true);
        }
    }
}
