namespace Quartier.Storage.Blocks;

/// <summary>Values: one byte with the decimal places and an integer column, or 255 and the doubles XORed with their predecessors.</summary>
internal static class ValueColumn
{
    private const byte Doubles = 255;

    /// <summary>Appends the values.</summary>
    public static void Encode(ReadOnlySpan<double> values, ByteWriter writer)
    {
        var scaled = new long[values.Length];
        var places = Scale(values, scaled);
        if (places == Decimals.None)
        {
            writer.Byte(Doubles);
            EncodeDoubles(values, writer);
            return;
        }

        writer.Byte((byte)places);
        IntegerColumn.Encode(scaled, writer);
    }

    /// <summary>Reads as many values as the span holds.</summary>
    public static void Decode(ref ByteReader reader, Span<double> values)
    {
        var places = reader.Byte();
        if (places == Doubles)
        {
            DecodeDoubles(ref reader, values);
            return;
        }

        if (places > Decimals.MostPlaces)
        {
            throw new InvalidDataException($"Unknown value encoding {places}.");
        }

        var scaled = new long[values.Length];
        IntegerColumn.Decode(ref reader, scaled);
        for (var i = 0; i < scaled.Length; i++)
        {
            values[i] = Decimals.Unscale(scaled[i], places);
        }
    }

    private static int Scale(ReadOnlySpan<double> values, Span<long> scaled)
    {
        var places = 0;
        var fitted = 0;
        while (fitted < values.Length)
        {
            if (Decimals.TryScale(values[fitted], places, out scaled[fitted]))
            {
                fitted++;
                continue;
            }

            // More places for one value mean more for all: start again.
            places = Decimals.Places(values[fitted], places + 1, out _);
            if (places == Decimals.None)
            {
                return places;
            }

            fitted = 0;
        }

        return places;
    }

    private static void EncodeDoubles(ReadOnlySpan<double> values, ByteWriter writer)
    {
        var previous = 0UL;
        foreach (var value in values)
        {
            var bits = BitConverter.DoubleToUInt64Bits(value);
            var change = bits ^ previous;
            previous = bits;
            var trailing = change == 0 ? 0 : System.Numerics.BitOperations.TrailingZeroCount(change) / 8;
            var significant = change >> (trailing * 8);
            var length = (71 - System.Numerics.BitOperations.LeadingZeroCount(significant)) / 8;
            writer.Byte((byte)((trailing << 4) | length));
            for (var i = 0; i < length; i++)
            {
                writer.Byte((byte)(significant >> (i * 8)));
            }
        }
    }

    private static void DecodeDoubles(ref ByteReader reader, Span<double> values)
    {
        var previous = 0UL;
        foreach (ref var value in values)
        {
            var header = reader.Byte();
            var (trailing, length) = (header >> 4, header & 15);
            if (trailing + length > sizeof(ulong))
            {
                throw new InvalidDataException($"Impossible double header {header}.");
            }

            var significant = 0UL;
            for (var i = 0; i < length; i++)
            {
                significant |= (ulong)reader.Byte() << (i * 8);
            }

            previous ^= length == 0 ? 0 : significant << (trailing * 8);
            value = BitConverter.UInt64BitsToDouble(previous);
        }
    }
}
