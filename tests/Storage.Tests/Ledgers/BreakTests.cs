using System.Text;
using Quartier.Contracts.Ledgers;
using Quartier.Storage.Simulated;

namespace Quartier.Storage.Tests.Ledgers;

/// <summary>A ledger that does not hold, and somebody who accepts that.</summary>
public sealed class BreakTests
{
    private const string Because = "disk replaced after a fault";

    [Fact]
    public async Task The_next_log_takes_entries_again_and_says_first_what_happened()
    {
        var bed = Broken();
        LedgerBreak accepted;
        using (var store = bed.Open())
        {
            Assert.False(store.Ledger.TryNote(LedgerBed.City, bed.Read()));
            accepted = (await store.LedgerReader.AcceptBreakAsync(LedgerBed.City, "person:dora", Because))!;
            Assert.Equal((1_000, "broken-1-"), (accepted.GoodSize, accepted.Aside));
            Assert.Contains("an entry between 1000 and 1999 was changed", accepted.Found, StringComparison.Ordinal);
            Assert.Empty(Findings(store));
            Assert.True(store.Ledger.TryNote(LedgerBed.City, bed.Read()));
            Assert.Equal(1, LedgerBed.Append(store, bed.Change("after")));
            Assert.Null(await store.LedgerReader.AcceptBreakAsync(LedgerBed.City, "person:dora", Because));
        }

        using var again = bed.Open();
        Assert.Empty(Findings(again));
        var entries = await LedgerBed.AllAsync(again);
        Assert.Equal(["break", "registry", "read"], entries.Select(e => e.Entry.Kind.ToString().ToLowerInvariant()));
        Assert.StartsWith("person#", entries[0].Entry.Who, StringComparison.Ordinal);
        Assert.Contains(Because, entries[0].Entry.Detail, StringComparison.Ordinal);
        Assert.Contains($"1000 entries with root {accepted.GoodRoot}", entries[0].Entry.Detail, StringComparison.Ordinal);
        Assert.Contains("was changed", entries[0].Entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_the_broken_log_is_lost_neither_inside_nor_outside()
    {
        var bed = Broken();
        var before = Files(bed.Disk, "ledger/town/");
        var outside = Files(bed.Outside, string.Empty);
        using (var store = bed.Open())
        {
            await store.LedgerReader.AcceptBreakAsync(LedgerBed.City, "person:dora", Because);
        }

        Assert.All(before, f => Assert.Equal(f.Value, bed.Disk.Content($"ledger/town/broken-1-{f.Key["ledger/town/".Length..]}")));
        Assert.Equal(outside["town.checkpoints"], bed.Outside.Content("town.broken-1-checkpoints"));
        Assert.NotEqual(outside["town.checkpoints"], bed.Outside.Content("town.checkpoints"));
    }

    [Fact]
    public async Task An_export_tells_the_break_and_checkpoints_from_before_it_apart()
    {
        var bed = Broken();
        var old = Encoding.UTF8.GetString(bed.Outside.Content("town.checkpoints"));
        using var store = bed.Open();
        await store.LedgerReader.AcceptBreakAsync(LedgerBed.City, "person:dora", Because);
        LedgerBed.Append(store, bed.Change("after"));
        var lines = await ExportFile.LinesAsync(store);
        var known = Quartier.Client.Ledgers.LedgerNote.Split(old).ToArray();
        var verdict = await ExportFile.VerifyAsync(lines, store.LedgerReader.Head(LedgerBed.City).PublicKey, known);
        Assert.Null(verdict.Fault);
        Assert.Equal(("quartier/town/2", known.Length), (verdict.Origin, verdict.EarlierCheckpoints));
        Assert.Contains(Because, verdict.AcceptedBreak, StringComparison.Ordinal);

        // Neither the entry nor the name alone makes a log that follows a break.
        var renamed = lines.Select(l => l.Replace("quartier/town/2\",\"format\"", "quartier/town\",\"format\"", StringComparison.Ordinal));
        Assert.Contains("says that it follows a break", (await ExportFile.VerifyAsync(renamed)).Fault, StringComparison.Ordinal);
        var hidden = lines.Select(l => l.Replace("\"kind\":\"break\"", "\"kind\":\"alert\"", StringComparison.Ordinal));
        Assert.Contains("does not say who accepted it", (await ExportFile.VerifyAsync(hidden)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_kept_aside_that_are_taken_away_break_the_next_log()
    {
        var bed = Broken();
        using (var store = bed.Open())
        {
            await store.LedgerReader.AcceptBreakAsync(LedgerBed.City, "person:dora", Because);
        }

        foreach (var path in bed.Disk.Paths.Where(p => p.Contains("/broken-1-", StringComparison.Ordinal)).ToList())
        {
            bed.Disk.Remove(path);
        }

        using var again = bed.Open();
        Assert.True(Assert.Single(Findings(again)).IsBroken);
    }

    [Fact]
    public async Task A_second_break_begins_a_third_log()
    {
        var bed = Broken();
        for (var generation = 2; generation <= 3; generation++)
        {
            using (var store = bed.Open())
            {
                var accepted = (await store.LedgerReader.AcceptBreakAsync(LedgerBed.City, "person:dora", Because))!;
                Assert.Equal($"broken-{generation - 1}-", accepted.Aside);
                Fill(bed, store, 1_200);
            }

            Change(bed, 1_100);
        }

        using var last = bed.Open();
        Assert.True(Assert.Single(Findings(last)).IsBroken);
        await last.LedgerReader.AcceptBreakAsync(LedgerBed.City, "person:dora", Because);
        Assert.Equal("quartier/town/4", (await ExportFile.VerifyAsync(await ExportFile.LinesAsync(last))).Origin);
    }

    /// <summary>Crashes at every write on the way: the ledger is broken still, or the break is named; never a log that looks whole and empty.</summary>
    [Fact]
    public async Task Whatever_interrupts_it_leaves_no_log_that_hides_the_break()
    {
        for (var step = 1; ; step++)
        {
            var bed = Broken();
            bed.Disk.CrashAt = bed.Disk.Steps + step;
            var isDone = false;
            try
            {
                using var store = bed.Open();
                isDone = await store.LedgerReader.AcceptBreakAsync(LedgerBed.City, "person:dora", Because) is not null;
            }
            catch (SimulatedCrashException)
            {
                // As planned.
            }

            bed.Disk.PowerUp();
            using var again = bed.Open();
            if (Findings(again).FirstOrDefault(f => f.IsBroken) is null)
            {
                Assert.Equal(LedgerEntryKind.Break, (await LedgerBed.AllAsync(again))[0].Entry.Kind);
            }
            else
            {
                Assert.NotNull(await again.LedgerReader.AcceptBreakAsync(LedgerBed.City, "person:dora", Because));
                Assert.Equal(LedgerEntryKind.Break, (await LedgerBed.AllAsync(again))[0].Entry.Kind);
            }

            if (isDone)
            {
                Assert.True(step > 4, $"only {step} writes");
                return;
            }
        }
    }

    /// <summary>A ledger of a city that is not registered is opened when it is asked for.</summary>
    private static IReadOnlyList<LedgerFinding> Findings(EmbeddedStore store)
    {
        _ = store.LedgerReader.Head(LedgerBed.City);
        return store.LedgerReader.Findings;
    }

    private static Dictionary<string, byte[]> Files(SimulatedDisk disk, string prefix) =>
        disk.Paths.Where(p => p.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(p => p, disk.Content, StringComparer.Ordinal);

    private static LedgerBed Broken()
    {
        var bed = new LedgerBed();
        using (var store = bed.Open())
        {
            Fill(bed, store, 2_500);
        }

        Change(bed, 1_200);
        return bed;
    }

    private static void Fill(LedgerBed bed, EmbeddedStore store, int entries)
    {
        for (var i = 0; i < entries; i++)
        {
            LedgerBed.Append(store, bed.Change($"change {i:D5}"));
        }
    }

    private static void Change(LedgerBed bed, int entry)
    {
        var path = bed.Disk.Paths.First(p => p.StartsWith("ledger/town/entries-", StringComparison.Ordinal));
        var text = Encoding.UTF8.GetString(bed.Disk.Content(path));
        bed.Disk.Replace(path, Encoding.UTF8.GetBytes(text.Replace($"change {entry:D5}", "change XXXXX", StringComparison.Ordinal)));
    }
}
