namespace Quartier.Contracts.SensorThings;

/// <summary>
/// Ids of Observations, computed from the reading store's number N ≥ 1 and the phenomenon time, both ways: for a whole second s,
/// ((N &lt;&lt; 33) + s) &lt;&lt; 1, otherwise for milliseconds ms, ((N &lt;&lt; 43) + ms) &lt;&lt; 1 | 1. Below 2^53 for whole seconds with N &lt; 2^19.
/// </summary>
public static class ObservationId
{
    private const int SecondBits = 33;
    private const int MillisecondBits = 43;
    private const long MostSeconds = (1L << SecondBits) - 1;
    private const long MostMs = (1L << MillisecondBits) - 1;

    /// <summary>
    /// The id, or null when it would need more than 63 bits: the time lies before 1970 or after 2242, or the number is greater than 2^29 - 1,
    /// with a broken second 2^19 - 1.
    /// </summary>
    public static long? Of(int number, long timeMs)
    {
        if (number < 1 || timeMs < 0)
        {
            return null;
        }

        var (seconds, rest) = Math.DivRem(timeMs, 1000);
        if (rest == 0)
        {
            return seconds > MostSeconds || number >= 1 << (62 - SecondBits) ? null : ((((long)number << SecondBits) + seconds) << 1);
        }

        return timeMs > MostMs || number >= 1 << (62 - MillisecondBits) ? null : ((((long)number << MillisecondBits) + timeMs) << 1) | 1;
    }

    /// <summary>Number and time of the id; false when no Observation can have it.</summary>
    public static bool TryRead(long id, out int number, out long timeMs)
    {
        (number, timeMs) = (0, 0);
        if (id <= 0)
        {
            return false;
        }

        var rest = id >> 1;
        var bits = (id & 1) == 0 ? SecondBits : MillisecondBits;
        var found = rest >> bits;
        if (found is < 1 or > int.MaxValue)
        {
            return false;
        }

        number = (int)found;
        var time = rest & ((1L << bits) - 1);
        timeMs = bits == SecondBits ? time * 1000 : time;
        return bits == SecondBits || time % 1000 != 0;
    }
}
