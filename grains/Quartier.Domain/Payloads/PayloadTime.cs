using System.Text.Json;
using Quartier.Domain.Judgement;
using Quartier.Domain.Time;

namespace Quartier.Domain.Payloads;

/// <summary>Reads a time: the member <c>t</c> of a plain object, or what a decoder names.</summary>
internal static class PayloadTime
{
    /// <summary>Greatest integer that every double up to it represents.</summary>
    private const double GreatestExact = 9_007_199_254_740_992;

    /// <summary>The time in milliseconds since 1970-01-01T00:00:00Z, or what is wrong with it.</summary>
    public static string? Read(ref Utf8JsonReader reader, out long timeMs, string name = "t")
    {
        timeMs = 0;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return ReadNumber(ref reader, out timeMs, name);
            case JsonTokenType.String when !reader.ValueIsEscaped && IsoTime.TryParse(reader.ValueSpan, out timeMs):
                return Check(timeMs, name);
            case JsonTokenType.String:
                return $"{name} is {PayloadText.Quote(reader.ValueSpan)}; ISO 8601 with Z or an offset was expected, such as 2026-07-01T12:00:00+02:00";
            default:
                reader.Skip();
                return $"{name} is neither a text nor a number; ISO 8601 with Z or an offset, or milliseconds since 1970, were expected";
        }
    }

    private static string? ReadNumber(ref Utf8JsonReader reader, out long timeMs, string name)
    {
        if (!reader.TryGetInt64(out timeMs))
        {
            var number = reader.GetDouble();
            if (Math.Abs(number) > GreatestExact || !number.Equals(Math.Floor(number)))
            {
                return $"{name} is {PayloadText.Number(number)}; whole milliseconds since 1970 were expected";
            }

            timeMs = (long)number;
        }

        return Check(timeMs, name);
    }

    private static string? Check(long timeMs, string name)
    {
        if (IntrinsicQuality.IsPlausibleTime(timeMs))
        {
            return null;
        }

        var seconds = timeMs is > IntrinsicQuality.EarliestMs / 1000 and < IntrinsicQuality.LatestMs / 1000;
        return seconds
            ? $"{name} is {timeMs}, which looks like seconds since 1970; milliseconds were expected"
            : $"{name} is {timeMs} ms since 1970, which lies outside 2000 … 2200";
    }
}
