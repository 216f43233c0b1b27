using System.Text.Json;
using Quartier.Contracts.Readings;

namespace Quartier.Domain.Payloads;

/// <summary>Plain objects: <c>{"t": …, "property": value, …}</c>. Methods return what is wrong with the whole message, or null.</summary>
internal static class JsonObjects
{
    private const int LongestName = 256;

    public static string? ReadArray(ref Utf8JsonReader reader, DecodeTarget target)
    {
        var any = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray && !target.IsTooMany)
        {
            any = true;
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return "an array must hold objects only";
            }

            if (ReadObject(ref reader, target) is { } fault)
            {
                return fault;
            }
        }

        return any ? null : "an empty array";
    }

    public static string? ReadObject(ref Utf8JsonReader reader, DecodeTarget target)
    {
        var output = target.Output;
        var first = output.Count;
        output.ForgetSeen(target.Schema.Count);
        var (timeMs, hasTime, values, next) = (target.ReceivedMs, false, 0, 0);
        string? badTime = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("t"u8))
            {
                if (hasTime)
                {
                    return "t stands twice in one object";
                }

                reader.Read();
                badTime = PayloadTime.Read(ref reader, out timeMs);
                hasTime = true;
                continue;
            }

            values++;
            var datastream = Find(ref reader, target.Schema, next);
            next = datastream + 1;
            if (!TakeMember(ref reader, target, datastream))
            {
                return $"{target.Schema.NameOf(datastream)} stands twice in one object";
            }
        }

        Finish(target, first, timeMs, values, badTime);
        return null;
    }

    private static void Finish(DecodeTarget target, int first, long timeMs, int values, string? badTime)
    {
        var output = target.Output;
        if (values == 0)
        {
            output.Refuse(RefusalReason.BadPayload, $"an object without a value; the sensor's properties are {target.Schema.Names()}");
        }
        else if (badTime is null)
        {
            output.SetTime(first, timeMs);
        }
        else if (output.Count > first)
        {
            var taken = output.Count - first;
            output.TakeBack(first);
            output.Refuse(RefusalReason.BadTime, badTime, taken);
        }
    }

    private static bool TakeMember(ref Utf8JsonReader reader, DecodeTarget target, int datastream)
    {
        if (datastream < 0)
        {
            UnknownField.Refuse(ref reader, target, isCounted: true);
            return true;
        }

        if (!target.Output.TrySee(datastream))
        {
            return false;
        }

        reader.Read();
        target.TakeValue(ref reader, datastream);
        return true;
    }

    private static int Find(ref Utf8JsonReader reader, SensorSchema schema, int expected)
    {
        if (!reader.ValueIsEscaped)
        {
            return schema.Find(reader.ValueSpan, expected);
        }

        if (reader.ValueSpan.Length > LongestName)
        {
            return -1;
        }

        Span<byte> name = stackalloc byte[LongestName];
        return schema.Find(name[..reader.CopyString(name)]);
    }
}
