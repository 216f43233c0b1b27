using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Quartier.Contracts.Ledgers;
using Quartier.Domain.Ledgers;

namespace Domain.Tests.Ledgers;

public sealed class EntryLineTests
{
    private static readonly LedgerEntry s_entry = new(
        1_782_907_200_123, LedgerEntryKind.SignIn, "system:tram", "mitte", "weather", ["g/s/a", "g/s/b"], "raw", 12, 3, "city 1", "grant-1", "said \"ü\\\n\u0001\"");

    [Fact]
    public void A_line_has_fixed_keys_in_a_fixed_order_and_no_space()
    {
        Assert.Equal(
            """{"index":7,"time":"2026-07-01T12:00:00.123Z","kind":"sign-in","who":"system:tram","district":"mitte","purpose":"weather","streams":["g/s/a","g/s/b"],"resolution":"raw","rows":12,"count":3,"policy":"city 1","grant":"grant-1","detail":"said \"ü\\\u000a\u0001\""}""",
            Write(7, s_entry));
        Assert.Contains("\"district\":null,\"purpose\":null,\"streams\":[],\"resolution\":null", Write(0, s_entry with { District = null, Purpose = null, Streams = [], Resolution = null }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_and_nothing_else()
    {
        var line = Encoding.UTF8.GetBytes(Write(7, s_entry));
        Assert.True(EntryLine.TryRead(line, out var index, out var entry));
        Assert.Equal(7, index);
        Assert.Equal(s_entry with { Streams = [] }, entry with { Streams = [] });
        Assert.Equal(s_entry.Streams, entry.Streams);
        for (var length = 0; length < line.Length; length++)
        {
            Assert.False(EntryLine.TryRead(line.AsSpan(0, length), out _, out _), $"the first {length} bytes");
        }

        foreach (var (from, to) in new[] { (",", ", "), ("\"kind\"", "\"Kind\""), ("\"index\":7", "\"index\":07"), ("sign-in", "SignIn"), (".123Z", ".123+00:00"), ("\\u000a", "\\n"), ("ü", "\\u00fc"), ("\"rows\":12", "\"rows\":1.2e1") })
        {
            Assert.False(EntryLine.TryRead(Encoding.UTF8.GetBytes(Write(7, s_entry).Replace(from, to, StringComparison.Ordinal)), out _, out _), to);
        }
    }

    [Fact]
    public void A_salt_stands_last_and_is_one_of_its_kind()
    {
        var salts = EntryLine.NewSalts(300);
        Assert.Equal(300, salts.Concat(EntryLine.NewSalts(1)).Distinct().Count() - 1);
        Assert.All(salts, s => Assert.Equal(EntryLine.SaltLength, s.Length));
        var salt = salts[299];
        var line = Write(7, s_entry, salt);
        Assert.EndsWith($",\"salt\":\"{salt}\"}}", line, StringComparison.Ordinal);
        Assert.True(EntryLine.TryRead(Encoding.UTF8.GetBytes(line), out _, out var entry));
        Assert.Equal(s_entry.Detail, entry.Detail);
        foreach (var other in new[] { "", salt[1..], salt + "A", "=" + salt[1..], "+" + salt[1..], "\u00fc" + salt[1..] })
        {
            Assert.False(EntryLine.TryRead(Encoding.UTF8.GetBytes(line.Replace(salt, other, StringComparison.Ordinal)), out _, out _), other);
        }

        Assert.False(EntryLine.TryRead(Encoding.UTF8.GetBytes(line.Replace("\"salt\"", "\"malt\"", StringComparison.Ordinal)), out _, out _));
        Assert.False(EntryLine.TryRead(Encoding.UTF8.GetBytes(line.Replace("}", $",\"salt\":\"{salt}\"}}", StringComparison.Ordinal)), out _, out _));
    }

    [Fact]
    public void Long_texts_and_many_streams_are_bounded_and_still_canonical()
    {
        var line = Write(1, s_entry with { Streams = [.. Enumerable.Range(0, 250).Select(i => $"g/s{i}/t")], Detail = new string('x', 1_000), Purpose = "\uD800" });
        Assert.Contains("\"g/s99/t\",\"+150\"]", line, StringComparison.Ordinal);
        Assert.Contains(new string('x', EntryLine.TextMax - 1) + "…\"", line, StringComparison.Ordinal);
        Assert.Contains("\"purpose\":\"\uFFFD\"", line, StringComparison.Ordinal);
        Assert.True(EntryLine.TryRead(Encoding.UTF8.GetBytes(line), out _, out var again));
        Assert.Equal(EntryLine.StreamsMax + 1, again.Streams.Length);
        Assert.Equal(line, Write(1, again));
    }

    [Fact]
    public void Texts_are_escaped_as_character_by_character()
    {
        string[] pieces = ["plain text ", "\"", "\\", "\0", "\u001f", "\n", " ", "\u007f", "ü", "€", "\U0001F6B2", "\uD83D", "\uDEB2", "\u2028"];
        var random = new Random(20_261_129);
        for (var round = 0; round < 2_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => pieces[random.Next(pieces.Length)]));
            Assert.Contains($",\"detail\":\"{Naive(text)}\"}}", Write(1, s_entry with { Detail = text }), StringComparison.Ordinal);
        }

        static string Naive(string text)
        {
            var cut = text.Length > EntryLine.TextMax ? string.Concat(text.AsSpan(0, EntryLine.TextMax - 1), "…") : text;
            return string.Concat(cut.EnumerateRunes().Select(r => r.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                < ' ' => $"\\u{r.Value:x4}",
                _ => r.ToString(),
            }));
        }
    }

    [Fact]
    public void Every_kind_has_its_word()
    {
        foreach (var kind in Enum.GetValues<LedgerEntryKind>())
        {
            Assert.True(LedgerWords.TryParse(LedgerWords.Of(kind), out var again));
            Assert.Equal(kind, again);
        }

        Assert.Equal(Enum.GetValues<LedgerEntryKind>().Length, LedgerWords.Kinds.Length);
        Assert.False(LedgerWords.TryParse("Read", out _));
    }

    [Fact]
    public void A_signed_note_holds_for_its_text_its_origin_and_its_key_alone()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var checkpoint = new Checkpoint(Checkpoint.OriginOf("town"), 1_000, TreeHash.Leaf([1]), 1_782_907_200_123);
        var note = SignedNote.Sign(checkpoint, key);
        Assert.Equal(SignedNote.Lines, note.Count(c => c == '\n'));
        Assert.Null(SignedNote.Examine(note, checkpoint.Origin, key, out var read));
        Assert.Equal(checkpoint, read);
        Assert.Contains("another key", SignedNote.Examine(note, checkpoint.Origin, other, out _), StringComparison.Ordinal);
        Assert.Contains("not of", SignedNote.Examine(note, "quartier/other", key, out _), StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(note);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotNull(SignedNote.Examine(Encoding.UTF8.GetString(bytes), checkpoint.Origin, key, out _));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private static string Write(long index, LedgerEntry entry, string? salt = null)
    {
        var bytes = new ArrayBufferWriter<byte>();
        EntryLine.Write(bytes, index, entry, salt);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
