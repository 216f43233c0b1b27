using System.Numerics;

namespace Quartier.Storage.Blocks;

/// <summary>
/// Whole numbers in little space: as they are or as differences, divided by what divides them all, in frames of 32 with their own
/// smallest number and bit width (frame of reference). The shorter way is kept. Numbers lie within ±2^53.
/// </summary>
internal static class IntegerColumn
{
    private const byte Constant = 0;
    private const byte Frames = 1;
    private const byte Differences = 2;
    private const int FrameLength = 32;

    /// <summary>From this width on numbers are written as whole 64-bit words, so that packing never needs more than 64 bits at once.</summary>
    private const int WidestPacked = 56;

    /// <summary>Appends at least one number.</summary>
    public static void Encode(ReadOnlySpan<long> values, ByteWriter writer)
    {
        var start = writer.Length;
        EncodePlain(values, writer);
        var plain = writer.Length - start;
        if (values.Length < 3)
        {
            return;
        }

        EncodeDifferences(values, writer);
        var differences = writer.Length - start - plain;
        writer.Truncate(start + plain);
        if (differences < plain)
        {
            writer.Truncate(start);
            EncodeDifferences(values, writer);
        }
    }

    /// <summary>Reads as many numbers as the span holds; at least one.</summary>
    public static void Decode(ref ByteReader reader, Span<long> values)
    {
        var mode = reader.Byte();
        if (mode != Differences)
        {
            DecodePlain(mode, ref reader, values);
            return;
        }

        values[0] = reader.ZigZag();
        DecodePlain(reader.Byte(), ref reader, values[1..]);
        for (var i = 1; i < values.Length; i++)
        {
            values[i] += values[i - 1];
        }
    }

    private static void EncodeDifferences(ReadOnlySpan<long> values, ByteWriter writer)
    {
        Span<long> differences = values.Length <= 1024 ? stackalloc long[values.Length - 1] : new long[values.Length - 1];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = values[i + 1] - values[i];
        }

        writer.Byte(Differences);
        writer.ZigZag(values[0]);
        EncodePlain(differences, writer);
    }

    private static void EncodePlain(ReadOnlySpan<long> values, ByteWriter writer)
    {
        var first = values[0];
        var divisor = CommonDivisor(values);
        if (divisor == 0)
        {
            writer.Byte(Constant);
            writer.ZigZag(first);
            return;
        }

        writer.Byte(Frames);
        writer.ZigZag(first);
        writer.Varint((ulong)divisor);
        Span<long> frame = stackalloc long[FrameLength];
        for (var start = 0; start < values.Length; start += FrameLength)
        {
            var length = Math.Min(FrameLength, values.Length - start);
            for (var i = 0; i < length; i++)
            {
                var distance = values[start + i] - first;
                frame[i] = divisor == 1 ? distance : distance / divisor;
            }

            EncodeFrame(frame[..length], writer);
        }
    }

    private static void EncodeFrame(ReadOnlySpan<long> frame, ByteWriter writer)
    {
        var min = frame[0];
        var max = min;
        foreach (var value in frame)
        {
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        var width = 64 - BitOperations.LeadingZeroCount((ulong)(max - min));
        width = width > WidestPacked ? 64 : width;
        writer.ZigZag(min);
        writer.Byte((byte)width);
        if (width == 64)
        {
            foreach (var value in frame)
            {
                writer.UInt64((ulong)(value - min));
            }
        }
        else if (width > 0)
        {
            Pack(frame, min, width, writer);
        }
    }

    private static void Pack(ReadOnlySpan<long> frame, long min, int width, ByteWriter writer)
    {
        var bits = 0UL;
        var held = 0;
        foreach (var value in frame)
        {
            bits |= (ulong)(value - min) << held;
            held += width;
            while (held >= 8)
            {
                writer.Byte((byte)bits);
                bits >>= 8;
                held -= 8;
            }
        }

        if (held > 0)
        {
            writer.Byte((byte)bits);
        }
    }

    private static void DecodePlain(byte mode, ref ByteReader reader, Span<long> values)
    {
        var first = reader.ZigZag();
        if (mode == Constant)
        {
            values.Fill(first);
            return;
        }

        if (mode != Frames)
        {
            throw new InvalidDataException($"Unknown number encoding {mode}.");
        }

        var divisor = (long)reader.Varint();
        for (var start = 0; start < values.Length; start += FrameLength)
        {
            var frame = values.Slice(start, Math.Min(FrameLength, values.Length - start));
            DecodeFrame(ref reader, frame);
            foreach (ref var value in frame)
            {
                value = (value * divisor) + first;
            }
        }
    }

    private static void DecodeFrame(ref ByteReader reader, Span<long> frame)
    {
        var min = reader.ZigZag();
        var width = reader.Byte();
        if (width > 64 || (width > WidestPacked && width != 64))
        {
            throw new InvalidDataException($"Impossible bit width {width}.");
        }

        if (width == 64)
        {
            foreach (ref var value in frame)
            {
                value = (long)reader.UInt64() + min;
            }

            return;
        }

        var packed = reader.Take(((frame.Length * width) + 7) / 8);
        var mask = (1UL << width) - 1;
        var bits = 0UL;
        var held = 0;
        var next = 0;
        foreach (ref var value in frame)
        {
            while (held < width)
            {
                bits |= (ulong)packed[next++] << held;
                held += 8;
            }

            value = (long)(bits & mask) + min;
            bits >>= width;
            held -= width;
        }
    }

    /// <summary>The greatest common divisor of the distances from the first number; 0 when all are equal.</summary>
    private static long CommonDivisor(ReadOnlySpan<long> values)
    {
        var divisor = 0L;
        foreach (var value in values)
        {
            var (a, b) = (divisor, Math.Abs(value - values[0]));
            while (b != 0)
            {
                (a, b) = (b, a % b);
            }

            divisor = a;
            if (divisor == 1)
            {
                break;
            }
        }

        return divisor;
    }
}
