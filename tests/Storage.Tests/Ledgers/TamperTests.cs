using System.Text;
using Quartier.Contracts.Readings;
using Quartier.Storage.Simulated;

namespace Quartier.Storage.Tests.Ledgers;

/// <summary>The files of a data directory, altered while the program was stopped.</summary>
public sealed class TamperTests
{
    [Fact]
    public void Any_flipped_bit_of_the_files_is_found_at_the_start()
    {
        var bed = Filled(5);
        var random = new Random(20_260_701);
        foreach (var path in bed.Disk.Paths.Where(p => p.StartsWith("ledger/town/", StringComparison.Ordinal)).ToList())
        {
            var bytes = bed.Disk.Content(path);
            for (var at = 0; at < bytes.Length; at++)
            {
                var changed = (byte[])bytes.Clone();
                changed[at] ^= (byte)(1 << random.Next(8));
                bed.Disk.Replace(path, changed);
                Assert.True(Finding(bed) is not null, $"byte {at} of {path}");
            }

            bed.Disk.Replace(path, bytes);
        }

        Assert.Null(Finding(bed));
    }

    [Theory]
    [InlineData("change", "an entry between 1000 and 1999 was changed")]
    [InlineData("drop", "entry 1200 was changed, dropped or moved")]
    [InlineData("swap", "entry 1200 was changed, dropped or moved")]
    [InlineData("insert", "entry 1201 was changed, dropped or moved")]
    [InlineData("truncate", "entries 1400 … 2499 are missing")]
    [InlineData("segment", "are not where they were")]
    [InlineData("last-segment", "are missing")]
    [InlineData("append", "behind entry 2499 were torn")]
    [InlineData("checkpoint", "the text of a checkpoint")]
    [InlineData("foreign-checkpoints", "another key")]
    [InlineData("foreign-key", "another key")]
    [InlineData("no-key", "key.pem is missing")]
    public void What_was_done_to_the_data_directory_is_named(string what, string expected)
    {
        var bed = Filled(2_500, segmentBytes: what is "segment" or "last-segment" ? 50_000 : 64 << 20);
        Alter(bed, what);
        var finding = Finding(bed);
        Assert.True(finding?.Contains(expected, StringComparison.Ordinal), finding ?? "nothing was found");
    }

    [Fact]
    public void An_older_copy_of_the_data_directory_is_found_by_the_checkpoints_outside()
    {
        var bed = Filled(1_500);
        var older = bed.Disk.Paths.ToDictionary(p => p, bed.Disk.Content, StringComparer.Ordinal);
        using (var store = bed.Open())
        {
            LedgerBed.Append(store, bed.Change("later"));
        }

        foreach (var (path, bytes) in older)
        {
            bed.Disk.Replace(path, bytes);
        }

        Assert.Contains("the checkpoint of 1501 entries outside the data directory knows them", Finding(bed), StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_written_anew_with_the_real_key_is_found_by_the_checkpoints_outside()
    {
        var bed = Filled(100);
        foreach (var path in bed.Disk.Paths.Where(p => p.StartsWith("ledger/town/", StringComparison.Ordinal)).ToList())
        {
            bed.Disk.Remove(path);
        }

        var forger = new LedgerBed();
        foreach (var path in bed.Disk.Paths.ToList())
        {
            forger.Disk.Replace(path, bed.Disk.Content(path));
        }

        using (var forged = forger.Open())
        {
            for (var i = 0; i < 150; i++)
            {
                LedgerBed.Append(forged, forger.Change("another story"));
            }
        }

        foreach (var path in forger.Disk.Paths)
        {
            bed.Disk.Replace(path, forger.Disk.Content(path));
        }

        Assert.Contains("do not hash to the checkpoint of 100 entries outside the data directory", Finding(bed), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_recorded_into_a_broken_ledger()
    {
        var bed = Filled(100);
        Alter(bed, "drop-first");
        using var store = bed.Open();
        Assert.False(store.Ledger.TryNote(LedgerBed.City, bed.Read()));
        var refusal = Assert.Throws<StoreException>(() => LedgerBed.Append(store, bed.Change("x")));
        Assert.Contains("entry 0 was changed, dropped or moved", refusal.Message, StringComparison.Ordinal);
        Assert.True(Assert.Single(store.LedgerReader.Findings).IsBroken);
        Assert.True(store.Ledger.TryNote("village", bed.Read()), "other cities go on");
    }

    private static LedgerBed Filled(int entries, long segmentBytes = 64 << 20)
    {
        var bed = new LedgerBed();
        using var store = bed.Open(segmentBytes);
        for (var i = 0; i < entries; i++)
        {
            LedgerBed.Append(store, bed.Change($"change {i}"));
        }

        return bed;
    }

    private static string? Finding(LedgerBed bed)
    {
        using var store = bed.Open();
        _ = store.Ledger.TryNote(LedgerBed.City, bed.Read());
        return store.LedgerReader.Findings.FirstOrDefault()?.Message;
    }

    private static void Alter(LedgerBed bed, string what)
    {
        var segments = bed.Disk.Paths.Where(p => p.Contains("entries-", StringComparison.Ordinal)).ToList();
        switch (what)
        {
            case "segment":
                bed.Disk.Remove(segments[1]);
                return;
            case "last-segment":
                bed.Disk.Remove(segments[^1]);
                return;
            case "checkpoint":
                bed.Disk.Corrupt("ledger/town/checkpoints", "quartier/town\n".Length, 1); // Makes the first digit of the size a letter.
                return;
            case "foreign-key":
                bed.Disk.Replace("ledger/key.pem", Filled(1).Disk.Content("ledger/key.pem"));
                return;
            case "foreign-checkpoints":
                bed.Disk.Replace("ledger/town/checkpoints", Filled(2_500).Disk.Content("ledger/town/checkpoints"));
                return;
            case "no-key":
                bed.Disk.Remove("ledger/key.pem");
                return;
            default:
                AlterLines(bed.Disk, segments[0], what);
                return;
        }
    }

    private static void AlterLines(SimulatedDisk disk, string path, string what)
    {
        var lines = Encoding.UTF8.GetString(disk.Content(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        switch (what)
        {
            case "change":
                lines[1_200] = lines[1_200].Replace("public", "system:x", StringComparison.Ordinal);
                break;
            case "drop":
                lines.RemoveAt(1_200);
                break;
            case "drop-first":
                lines.RemoveAt(0);
                break;
            case "swap":
                (lines[1_200], lines[1_201]) = (lines[1_201], lines[1_200]);
                break;
            case "insert":
                lines.Insert(1_200, lines[1_200]);
                break;
            case "truncate":
                lines.RemoveRange(1_400, 1_100);
                break;
            case "append":
                lines.Add(lines[1_200]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(what), what, "unknown");
        }

        disk.Replace(path, Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))));
    }
}
