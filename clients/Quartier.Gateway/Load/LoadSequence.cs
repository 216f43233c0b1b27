using System.Buffers.Text;

namespace Quartier.Gateway.Load;

/// <summary>
/// What the sensors of a load test send: a function of sensor and index, so that a store can be verified without keeping what was sent.
/// A value follows a triangle of 1,440 readings between 15 and 25 with 0.15 of noise, in hundredths: like a temperature through a day.
/// </summary>
/// <param name="BaseMs">Time of index 0, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="StepMs">Milliseconds from one reading of a sensor to its next, at least 1.</param>
public readonly record struct LoadSequence(long BaseMs, long StepMs)
{
    /// <summary>Upper bound of a payload's size.</summary>
    public const int LargestPayloadBytes = 64;

    private const int Period = 1440;

    /// <summary>Phenomenon time of a sensor's reading, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long TimeMs(long index) => BaseMs + (index * StepMs);

    /// <summary>The index whose reading has this time, or null when none has.</summary>
    public long? Index(long timeMs)
    {
        var (index, rest) = Math.DivRem(timeMs - BaseMs, StepMs);
        return rest == 0 && index >= 0 ? index : null;
    }

    /// <summary>Value of a sensor's reading, in hundredths: 1,500 … 2,515.</summary>
    /// <param name="gateway">0, 1, …</param>
    /// <param name="sensor">0, 1, … within the gateway.</param>
    /// <param name="index">0, 1, …</param>
    public static int Hundredths(int gateway, int sensor, long index)
    {
        var seed = Mix(((ulong)(uint)gateway << 32) | (uint)sensor);
        var phase = (int)((index + (long)(seed % Period)) % Period);
        var triangle = Math.Min(phase, Period - phase) * 1000 / (Period / 2);
        return 1500 + triangle + (int)(Mix(seed ^ (ulong)index) & 15);
    }

    /// <summary>Value of a sensor's reading as it is sent: 15.00 … 25.15.</summary>
    public static double Value(int gateway, int sensor, long index) => Hundredths(gateway, sensor, index) / 100.0;

    /// <summary>Writes <c>{"t":1751328000000,"value":21.37}</c>.</summary>
    /// <returns>Bytes written.</returns>
    public int WritePayload(Span<byte> target, int gateway, int sensor, long index)
    {
        "{\"t\":"u8.CopyTo(target);
        Utf8Formatter.TryFormat(TimeMs(index), target[5..], out var digits);
        var position = 5 + digits;
        ",\"value\":"u8.CopyTo(target[position..]);
        position += 9;
        var hundredths = Hundredths(gateway, sensor, index);
        target[position] = (byte)('0' + (hundredths / 1000));
        target[position + 1] = (byte)('0' + (hundredths / 100 % 10));
        target[position + 2] = (byte)'.';
        target[position + 3] = (byte)('0' + (hundredths / 10 % 10));
        target[position + 4] = (byte)('0' + (hundredths % 10));
        target[position + 5] = (byte)'}';
        return position + 6;
    }

    /// <summary>splitmix64 (Steele, Lea, Flood 2014): spreads neighbouring inputs evenly.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
