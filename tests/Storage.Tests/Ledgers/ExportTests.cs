using Quartier.Client.Ledgers;

namespace Quartier.Storage.Tests.Ledgers;

/// <summary>A real export, altered in every way, before the verifier that shares no code with the store.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task An_export_holds_and_both_implementations_agree_on_every_checkpoint()
    {
        var (bed, store) = await FilledAsync(2_500);
        using var open = store;
        var verdict = await ExportFile.VerifyAsync(await ExportFile.LinesAsync(store), store.LedgerReader.Head(LedgerBed.City).PublicKey);
        Assert.Null(verdict.Fault);
        Assert.Equal((2_500, 3, "quartier/town", true), (verdict.Entries, verdict.Checkpoints, verdict.Origin, verdict.IsKeyTrusted));
        Assert.Equal(8, verdict.KeyId.Length);
        Assert.NotNull(bed);
    }

    [Fact]
    public async Task A_proof_of_the_server_holds_for_the_client_and_for_no_other_line()
    {
        var (_, store) = await FilledAsync(600);
        using var open = store;
        var head = store.LedgerReader.Head(LedgerBed.City);
        foreach (var index in new long[] { 0, 1, 255, 256, 511, 598, 599 })
        {
            var proof = (await store.LedgerReader.InclusionProofAsync(LedgerBed.City, index, head.CheckpointSize))!;
            var seen = new LedgerProof(proof.From, proof.Size, proof.Root, proof.Hashes, null);
            using var key = LedgerNote.LoadKey(head.PublicKey!);
            var root = LedgerNote.Read(head.Checkpoint!, key).Root;
            Assert.True(LedgerInclusion.Holds(proof.Line!, seen, root));
            Assert.False(LedgerInclusion.Holds(proof.Line! + " ", seen, root));
            Assert.False(LedgerInclusion.Holds(proof.Line!, seen with { From = (index + 1) % 600 }, root));
            Assert.False(LedgerInclusion.Holds(proof.Line!, seen with { Hashes = [.. seen.Hashes.Skip(1)] }, root));
        }
    }

    [Fact]
    public async Task Any_flipped_bit_is_found()
    {
        var (_, store) = await FilledAsync(12);
        using var open = store;
        var export = ExportFile.Bytes(await ExportFile.LinesAsync(store));
        var random = new Random(20_260_701);
        for (var at = 0; at < export.Length; at++)
        {
            var bit = (byte)(1 << random.Next(8));
            export[at] ^= bit;
            Assert.True((await ExportFile.VerifyAsync(export)).Fault is not null, $"byte {at} xor {bit}");
            export[at] ^= bit;
        }

        Assert.Null((await ExportFile.VerifyAsync(export)).Fault);
    }

    [Theory]
    [InlineData("change", "an entry between 1000 and 1999 was changed")]
    [InlineData("drop", "entry 1200 is missing, moved or changed: line 1203")]
    [InlineData("swap", "entry 1200 is missing, moved or changed")]
    [InlineData("insert", "entry 1201 is missing, moved or changed")]
    [InlineData("renumber", "an entry between 1000 and 1999 was changed")]
    [InlineData("truncate", "entries 1500 … 1999 are missing")]
    [InlineData("truncate-all", "are under no checkpoint")]
    [InlineData("no-checkpoint", "entries 2000 … 2499 are under no checkpoint")]
    [InlineData("append", "entries 2500 … 2500 are under no checkpoint")]
    [InlineData("cut", "ends within line")]
    [InlineData("twice", "is there twice")]
    [InlineData("empty", "the export is empty")]
    [InlineData("foreign-key", "names another key")]
    public async Task What_was_done_to_an_export_is_named(string what, string expected)
    {
        var (_, store) = await FilledAsync(2_500);
        using var open = store;
        var lines = await ExportFile.LinesAsync(store);
        var key = store.LedgerReader.Head(LedgerBed.City).PublicKey;
        var line = lines.FindIndex(l => l.StartsWith("{\"index\":1200,", StringComparison.Ordinal));
        if (what == "foreign-key")
        {
            var (_, another) = await FilledAsync(2_500);
            using var alsoOpen = another;
            lines = await ExportFile.LinesAsync(another);
        }

        var export = what == "cut" ? ExportFile.Bytes(lines)[..^5] : ExportFile.Bytes(Altered(what, lines, line));
        var fault = (await ExportFile.VerifyAsync(export, key)).Fault;
        Assert.True(fault?.Contains(expected, StringComparison.Ordinal), fault ?? "nothing was found");
    }

    [Fact]
    public async Task An_older_copy_is_found_by_a_checkpoint_that_was_kept_elsewhere()
    {
        var (bed, store) = await FilledAsync(1_500);
        using var open = store;
        var older = await ExportFile.LinesAsync(store);
        for (var i = 0; i < 600; i++)
        {
            LedgerBed.Append(store, bed.Change("later"));
        }

        var newest = await store.LedgerReader.SignAsync(LedgerBed.City);
        Assert.Null((await ExportFile.VerifyAsync(older)).Fault);
        var fault = (await ExportFile.VerifyAsync(older, null, newest!)).Fault;
        Assert.Contains("entries 1500 … 2099 are missing", fault, StringComparison.Ordinal);
        Assert.Null((await ExportFile.VerifyAsync(await ExportFile.LinesAsync(store), null, newest!)).Fault);
    }

    internal static async Task<(LedgerBed Bed, EmbeddedStore Store)> FilledAsync(int entries)
    {
        var bed = new LedgerBed();
        var store = bed.Open(segmentBytes: 100_000);
        for (var i = 0; i < entries; i++)
        {
            LedgerBed.Append(store, bed.Change($"change {i}"));
        }

        await store.LedgerReader.SignAsync(LedgerBed.City);
        return (bed, store);
    }

    private static List<string> Altered(string what, List<string> lines, int at)
    {
        switch (what)
        {
            case "change":
                lines[at] = lines[at].Replace("public", "system:x", StringComparison.Ordinal);
                break;
            case "drop":
                lines.RemoveAt(at);
                break;
            case "swap":
                (lines[at], lines[at + 1]) = (lines[at + 1], lines[at]);
                break;
            case "insert":
                lines.Insert(at, lines[at]);
                break;
            case "renumber":
                lines[at] = lines[at + 1].Replace("\"index\":1201", "\"index\":1200", StringComparison.Ordinal);
                break;
            case "truncate":
                lines.RemoveRange(at + 300, 500);
                break;
            case "truncate-all":
                lines.RemoveRange(at, lines.Count - at);
                break;
            case "no-checkpoint":
                lines.RemoveAt(lines.Count - 1);
                break;
            case "append":
                lines.Add(lines[at].Replace("\"index\":1200", "\"index\":2500", StringComparison.Ordinal));
                break;
            case "twice":
                lines.Add(lines[^1]);
                break;
            case "empty":
                lines.Clear();
                break;
            default:
                break;
        }

        return lines;
    }
}
