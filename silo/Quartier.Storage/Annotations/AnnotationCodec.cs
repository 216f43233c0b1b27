using System.Text;
using Quartier.Contracts.Readings;
using Quartier.Storage.Blocks;

namespace Quartier.Storage.Annotations;

/// <summary>
/// Annotations as bytes: whether it was contradicted, which members are there, and the members. The same content always gives the same bytes, so that
/// comparing bytes decides between two.
/// </summary>
internal static class AnnotationCodec
{
    /// <summary>Bytes of an annotation that says nothing.</summary>
    public const int LeastBytes = 2;

    private const byte Contradicted = 1;

    [Flags]
    private enum Members : byte
    {
        None = 0,
        ResultTime = 1 << 0,
        ValidTime = 1 << 1,
        ResultQuality = 1 << 2,
        Parameters = 1 << 3,
        Result = 1 << 4,
        PhenomenonEnd = 1 << 5,
        All = ResultTime | ValidTime | ResultQuality | Parameters | Result | PhenomenonEnd,
    }

    /// <summary>The bytes of an annotation that nothing contradicts.</summary>
    public static byte[] Encode(Annotation annotation)
    {
        var writer = new ByteWriter();
        var members = (annotation.ResultTimeMs is null ? Members.None : Members.ResultTime)
            | (annotation.ValidFromMs is null ? Members.None : Members.ValidTime)
            | (annotation.ResultQuality is null ? Members.None : Members.ResultQuality)
            | (annotation.Parameters is null ? Members.None : Members.Parameters)
            | (annotation.Result is null ? Members.None : Members.Result)
            | (annotation.PhenomenonEndMs is null ? Members.None : Members.PhenomenonEnd);
        writer.Byte(0);
        writer.Byte((byte)members);
        if (annotation.ResultTimeMs is { } resultTime)
        {
            writer.ZigZag(resultTime);
        }

        if (annotation.ValidFromMs is { } validFrom)
        {
            writer.ZigZag(validFrom);
            writer.ZigZag(annotation.ValidToMs ?? validFrom);
        }

        Write(writer, annotation.ResultQuality);
        Write(writer, annotation.Parameters);
        Write(writer, annotation.Result);
        if (annotation.PhenomenonEndMs is { } end)
        {
            writer.ZigZag(end);
        }

        return writer.Written.ToArray();
    }

    /// <summary>What the row says.</summary>
    /// <exception cref="InvalidDataException">These are no such bytes.</exception>
    public static StoredAnnotation Decode(in AnnotationRow row)
    {
        var reader = new ByteReader(row.Data);
        var isContradicted = reader.Byte() == Contradicted;
        var members = (Members)reader.Byte();
        if ((members & ~Members.All) != Members.None)
        {
            throw new InvalidDataException($"The annotation of {row.TimeMs} has members that this program does not know ({(byte)members}). Use the newer program.");
        }

        var resultTime = members.HasFlag(Members.ResultTime) ? reader.ZigZag() : (long?)null;
        var hasValidTime = members.HasFlag(Members.ValidTime);
        var validFrom = hasValidTime ? reader.ZigZag() : (long?)null;
        var validTo = hasValidTime ? reader.ZigZag() : (long?)null;
        var quality = members.HasFlag(Members.ResultQuality) ? Text(ref reader) : null;
        var parameters = members.HasFlag(Members.Parameters) ? Text(ref reader) : null;
        var result = members.HasFlag(Members.Result) ? Text(ref reader) : null;
        var end = members.HasFlag(Members.PhenomenonEnd) ? reader.ZigZag() : (long?)null;
        var content = new Annotation(resultTime, validFrom, validTo, quality, parameters, result) { PhenomenonEndMs = end };
        return new(row.TimeMs, row.Value, content, isContradicted);
    }

    /// <summary>What becomes of two of one time. The order does not matter, and merging again changes nothing.</summary>
    public static AnnotationRow Merge(in AnnotationRow one, in AnnotationRow other)
    {
        if (one.Value != other.Value)
        {
            return one.Value > other.Value ? one : other;
        }

        var order = one.Data.AsSpan(1).SequenceCompareTo(other.Data.AsSpan(1));
        var winner = order >= 0 ? one : other;
        var flags = (byte)(one.Data[0] | other.Data[0] | (order == 0 ? 0 : Contradicted));
        return winner.Data[0] == flags ? winner : winner with { Data = [flags, .. winner.Data.AsSpan(1)] };
    }

    /// <summary>Merges two runs in ascending order of time.</summary>
    public static AnnotationRow[] Merge(ReadOnlySpan<AnnotationRow> some, ReadOnlySpan<AnnotationRow> others)
    {
        var merged = new List<AnnotationRow>(some.Length + others.Length);
        var (i, j) = (0, 0);
        while (i < some.Length && j < others.Length)
        {
            var order = some[i].TimeMs.CompareTo(others[j].TimeMs);
            merged.Add(order switch
            {
                < 0 => some[i++],
                > 0 => others[j++],
                _ => Merge(some[i++], others[j++]),
            });
        }

        return [.. merged, .. some[i..], .. others[j..]];
    }

    private static void Write(ByteWriter writer, string? text)
    {
        if (text is not null)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            writer.Varint((uint)bytes.Length);
            writer.Bytes(bytes);
        }
    }

    private static string Text(ref ByteReader reader) => Encoding.UTF8.GetString(reader.Take(reader.Int32(Annotation.MostBytes)));
}
