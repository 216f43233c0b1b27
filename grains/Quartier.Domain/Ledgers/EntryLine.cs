using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Quartier.Contracts.Ledgers;
using Quartier.Domain.Time;

namespace Quartier.Domain.Ledgers;

/// <summary>
/// The canonical line of an entry (docs/ledger-format.md): one JSON object in UTF-8, fixed keys in a fixed order, no space, no newline. Its bytes
/// are the leaf of the tree, so there is one way only to write an entry.
/// </summary>
public static class EntryLine
{
    /// <summary>Streams that an entry names; the others are counted in a last item <c>+N</c>.</summary>
    public const int StreamsMax = 100;

    /// <summary>Characters of a text: longer ones end with an ellipsis. Callers' own texts reach the ledger in denials.</summary>
    public const int TextMax = 400;

    /// <summary>Characters of a salt: its bytes in the alphabet of RFC 4648, section 5, without padding.</summary>
    public const int SaltLength = 22;

    /// <summary>Bytes of a line at most: <see cref="StreamsMax"/> streams of <see cref="TextMax"/> characters that all need six bytes, and the rest.</summary>
    public const int BytesMax = ((StreamsMax + 10) * TextMax * 6) + 1024;

    private const int SaltBytes = 16;

    private static readonly SearchValues<char> s_escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c), '"', '\\']);

    /// <summary>
    /// Salts nobody can guess: without one the hash of a line, which proofs about its neighbours disclose, would confirm a guess of what it says. Many at once,
    /// because asking the random source costs as much as a line.
    /// </summary>
    public static string[] NewSalts(int count)
    {
        var random = RandomNumberGenerator.GetBytes(count * SaltBytes);
        var salts = new string[count];
        for (var i = 0; i < count; i++)
        {
            salts[i] = Base64Url.EncodeToString(random.AsSpan(i * SaltBytes, SaltBytes));
        }

        return salts;
    }

    /// <summary>Appends the line, without a newline.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="index">Place of the entry in the log.</param>
    /// <param name="entry">What it says.</param>
    /// <param name="salt">Its salt; null for an entry of a log from before there were any.</param>
    public static void Write(IBufferWriter<byte> output, long index, LedgerEntry entry, string? salt)
    {
        Raw(output, "{\"index\":"u8);
        Number(output, index);
        Raw(output, ",\"time\":"u8);
        Text(output, IsoTime.Format(entry.TimeMs));
        Raw(output, ",\"kind\":"u8);
        Text(output, LedgerWords.Of(entry.Kind));
        Raw(output, ",\"who\":"u8);
        Text(output, entry.Who);
        Raw(output, ",\"district\":"u8);
        Text(output, entry.District);
        Raw(output, ",\"purpose\":"u8);
        Text(output, entry.Purpose);
        Raw(output, ",\"streams\":["u8);
        Streams(output, entry.Streams);
        Raw(output, "],\"resolution\":"u8);
        Text(output, entry.Resolution);
        Raw(output, ",\"rows\":"u8);
        Number(output, entry.Rows);
        Raw(output, ",\"count\":"u8);
        Number(output, entry.Count);
        Raw(output, ",\"policy\":"u8);
        Text(output, entry.PolicyVersion);
        Raw(output, ",\"grant\":"u8);
        Text(output, entry.Grant);
        Raw(output, ",\"detail\":"u8);
        Text(output, entry.Detail);
        if (salt is not null)
        {
            Raw(output, ",\"salt\":"u8);
            Text(output, salt);
        }

        Raw(output, "}"u8);
    }

    /// <summary>Reads a line. False unless it is the canonical line of an entry, to the byte.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out long index, out LedgerEntry entry)
    {
        (index, entry) = (0, new(0, LedgerEntryKind.Read, string.Empty, null, null, [], null, 0, 1, null, null, null));
        string? salt;
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!TryParse(ref reader, out index, out entry) || !TryEnd(ref reader, out salt))
            {
                return false;
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            // Not JSON, or not UTF-8.
            return false;
        }

        var again = new ArrayBufferWriter<byte>(line.Length + 16);
        Write(again, index, entry, salt);
        return again.WrittenSpan.SequenceEqual(line);
    }

    private static bool TryParse(ref Utf8JsonReader reader, out long index, out LedgerEntry entry)
    {
        (index, entry) = (0, new(0, LedgerEntryKind.Read, string.Empty, null, null, [], null, 0, 1, null, null, null));
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !Next(ref reader, out index)
            || !IsoTime.TryParse(NextText(ref reader), out var timeMs) || !LedgerWords.TryParse(NextText(ref reader), out var kind)
            || NextText(ref reader) is not { } who)
        {
            return false;
        }

        var (district, purpose, streams) = (NextText(ref reader), NextText(ref reader), NextStreams(ref reader));
        var resolution = NextText(ref reader);
        if (!Next(ref reader, out var rows) || !Next(ref reader, out var count))
        {
            return false;
        }

        var (policy, grant, detail) = (NextText(ref reader), NextText(ref reader), NextText(ref reader));
        entry = new(timeMs, kind, who, district, purpose, streams, resolution, rows, count, policy, grant, detail);
        return true;
    }

    private static bool TryEnd(ref Utf8JsonReader reader, out string? salt)
    {
        salt = null;
        if (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            salt = reader.Read() ? reader.GetString() : null;
            if (salt?.Length != SaltLength || !Base64Url.IsValid(salt) || !reader.Read())
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject && !reader.Read();
    }

    // The name, then the value. Names are not compared here: a line with others is not equal to what is written again.
    private static bool Skip(ref Utf8JsonReader reader)
    {
        _ = reader.Read();
        return reader.Read();
    }

    private static bool Next(ref Utf8JsonReader reader, out long number)
    {
        number = 0;
        return Skip(ref reader) && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out number);
    }

    private static string? NextText(ref Utf8JsonReader reader) => Skip(ref reader) ? reader.GetString() : null;

    private static ImmutableArray<string> NextStreams(ref Utf8JsonReader reader)
    {
        var streams = ImmutableArray.CreateBuilder<string>();
        if (Skip(ref reader) && reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                streams.Add(reader.GetString()!);
            }
        }

        return streams.ToImmutable();
    }

    private static void Streams(IBufferWriter<byte> output, ImmutableArray<string> streams)
    {
        // "+N" of an entry that was cut before stays as it is.
        var named = streams.Length <= StreamsMax + 1 && (streams.Length <= StreamsMax || streams[^1].StartsWith('+')) ? streams.Length : StreamsMax;
        for (var i = 0; i < named; i++)
        {
            if (i > 0)
            {
                Raw(output, ","u8);
            }

            Text(output, streams[i]);
        }

        if (named < streams.Length)
        {
            Raw(output, ","u8);
            Text(output, string.Create(CultureInfo.InvariantCulture, $"+{streams.Length - named}"));
        }
    }

    private static void Number(IBufferWriter<byte> output, long number)
    {
        const int digits = 20;
        _ = number.TryFormat(output.GetSpan(digits), out var written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    private static void Text(IBufferWriter<byte> output, string? text)
    {
        if (text is null)
        {
            Raw(output, "null"u8);
            return;
        }

        var rest = text.AsSpan();
        Raw(output, "\""u8);
        if (rest.Length > TextMax)
        {
            Escaped(output, rest[..(TextMax - 1)]);
            rest = "…";
        }

        Escaped(output, rest);
        Raw(output, "\""u8);
    }

    // RFC 8259 asks for no more than these escapes; a lone surrogate is U+FFFD.
    private static void Escaped(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        for (int plain; (plain = text.IndexOfAny(s_escaped)) >= 0; text = text[(plain + 1)..])
        {
            _ = Encoding.UTF8.GetBytes(text[..plain], output);
            Escape(output, text[plain]);
        }

        _ = Encoding.UTF8.GetBytes(text, output);
    }

    private static void Escape(IBufferWriter<byte> output, char character)
    {
        if (character is '"' or '\\')
        {
            Raw(output, [(byte)'\\', (byte)character]);
            return;
        }

        Span<byte> code = stackalloc byte[6];
        "\\u00"u8.CopyTo(code);
        _ = ((int)character).TryFormat(code[4..], out _, "x2", CultureInfo.InvariantCulture);
        Raw(output, code);
    }

    private static void Raw(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes) => output.Write(bytes);
}
