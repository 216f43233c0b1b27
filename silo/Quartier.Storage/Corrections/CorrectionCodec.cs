using Quartier.Contracts.Readings;
using Quartier.Storage.Annotations;
using Quartier.Storage.Blocks;

namespace Quartier.Storage.Corrections;

/// <summary>
/// Corrections as bytes: whether another one had the same revision, the revision, whether the reading is withdrawn, and if not its content. They rest as
/// annotations do, with the revision in the place of the value: of two for one time the greater revision holds.
/// </summary>
internal static class CorrectionCodec
{
    private const byte Replaced = 0;

    // The greater one, so that of two of one revision the reading stays withdrawn.
    private const byte Withdrawn = 1;

    /// <summary>The row of a correction.</summary>
    public static AnnotationRow Encode(long timeMs, long revision, Correction correction)
    {
        var writer = new ByteWriter();
        writer.Byte(0);
        writer.Varint((ulong)revision);
        writer.Byte(correction.IsWithdrawn ? Withdrawn : Replaced);
        if (!correction.IsWithdrawn)
        {
            writer.UInt64(BitConverter.DoubleToUInt64Bits(correction.Value));
            writer.Byte((byte)correction.Quality);
            writer.Bytes(AnnotationCodec.Encode(correction.Content));
        }

        return new(timeMs, revision, writer.Written.ToArray());
    }

    /// <summary>The row of which the journal holds the bytes.</summary>
    public static AnnotationRow Row(long timeMs, byte[] data)
    {
        var reader = new ByteReader(data.AsSpan(1));
        return new(timeMs, (long)reader.Varint(), data);
    }

    /// <summary>What the row says.</summary>
    /// <exception cref="InvalidDataException">These are no such bytes.</exception>
    public static Correction Decode(in AnnotationRow row)
    {
        var reader = new ByteReader(row.Data.AsSpan(1));
        _ = reader.Varint();
        switch (reader.Byte())
        {
            case Withdrawn:
                return Correction.Withdrawn;
            case Replaced:
                var value = BitConverter.UInt64BitsToDouble(reader.UInt64());
                var quality = (Quality)reader.Byte();
                var content = AnnotationCodec.Decode(new AnnotationRow(row.TimeMs, value, reader.Take(reader.Remaining).ToArray())).Content;
                return new(false, value, quality, content);
            case var other:
                throw new InvalidDataException($"The correction of {row.TimeMs} is of a kind that this program does not know ({other}). Use the newer program.");
        }
    }
}
