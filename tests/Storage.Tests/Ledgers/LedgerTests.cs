using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;
using Quartier.Storage.Ledgers;

namespace Quartier.Storage.Tests.Ledgers;

public sealed class LedgerTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task What_was_appended_and_noted_is_there_after_a_restart()
    {
        var bed = new LedgerBed();
        using (var store = bed.Open(segmentBytes: 2_000))
        {
            for (var i = 0; i < 700; i++)
            {
                Assert.Equal(i, LedgerBed.Append(store, bed.Change($"change {i}")));
            }

            Assert.True(store.Ledger.TryNote(LedgerBed.City, bed.Read()));
        }

        bed.Disk.PowerUp();
        using var after = bed.Open(segmentBytes: 2_000);
        var all = await LedgerBed.AllAsync(after);
        Assert.Equal(701, all.Count);
        Assert.Equal("change 312", all[312].Entry.Detail);
        Assert.Equal(LedgerEntryKind.Read, all[700].Entry.Kind);
        Assert.Empty(after.LedgerReader.Findings);
        Assert.Equal(701, after.LedgerReader.Head(LedgerBed.City).CheckpointSize);
    }

    [Fact]
    public async Task Like_notes_of_a_second_become_one_entry()
    {
        var bed = new LedgerBed();
        using var store = bed.Open();
        for (var i = 0; i < 50; i++)
        {
            Assert.True(store.Ledger.TryNote(LedgerBed.City, bed.Read(rows: i)));
            Assert.True(store.Ledger.TryNote(LedgerBed.City, bed.Read(purpose: "traffic")));
        }

        Assert.Equal(2, store.LedgerReader.Figures.NotesWaiting);
        Assert.True(store.Pump());
        Assert.True(store.Ledger.TryNote(LedgerBed.City, bed.Read()));
        Assert.True(store.Pump());
        var all = await LedgerBed.AllAsync(store);
        Assert.Equal(3, all.Count);
        Assert.Equal((50, 49 * 50 / 2), (all[0].Entry.Count, all[0].Entry.Rows));
        Assert.Equal(0, store.LedgerReader.Figures.NotesWaiting);
    }

    [Fact]
    public async Task Invented_denials_leave_room_for_reads()
    {
        var bed = new LedgerBed();
        using var store = bed.Open();
        for (var i = 0; i < 3 * LedgerLimits.NotesHeld; i++)
        {
            Assert.True(store.Ledger.TryNote(LedgerBed.City, bed.Denial($"invented-{i}")), $"denial {i}");
        }

        Assert.True(store.Ledger.TryNote(LedgerBed.City, bed.Read()));
        Assert.True(store.Pump());
        var all = await LedgerBed.AllAsync(store);
        Assert.Equal(3 * LedgerLimits.NotesHeld, all.Where(e => e.Entry.Kind == LedgerEntryKind.Denial).Sum(e => e.Entry.Count));
        Assert.Equal(LedgerLimits.DenialsHeld + 2, all.Count);
        Assert.Single(all, e => e.Entry.Detail == NoteBook.Further);
    }

    [Fact]
    public void Notes_are_refused_when_there_is_no_room_for_them()
    {
        var bed = new LedgerBed();
        using var store = bed.Open();
        for (var i = 0; i < LedgerLimits.NotesHeld; i++)
        {
            Assert.True(store.Ledger.TryNote(LedgerBed.City, bed.Read(stream: $"g/s{i}/t")));
        }

        Assert.False(store.Ledger.TryNote(LedgerBed.City, bed.Read(stream: "g/one/more")));
        Assert.True(store.Ledger.TryNote(LedgerBed.City, bed.Read(stream: "g/s5/t")), "a like note needs no room");
        Assert.True(store.Pump());
        Assert.True(store.Ledger.TryNote(LedgerBed.City, bed.Read(stream: "g/one/more")));
    }

    [Fact]
    public async Task A_disk_that_refuses_is_said_and_nothing_is_recorded_twice_or_lost()
    {
        var bed = new LedgerBed();
        using var store = bed.Open();
        LedgerBed.Append(store, bed.Change("before"));
        Assert.True(store.Ledger.TryNote(LedgerBed.City, bed.Read()));
        foreach (var fails in Enumerable.Range(1, 2))
        {
            bed.Disk.FailAt = bed.Disk.Steps + fails;
            bed.Time.Advance(s_second);
            Assert.Throws<StoreException>(() => LedgerBed.Append(store, bed.Change("refused")));
            Assert.False(store.Ledger.TryNote(LedgerBed.City, bed.Read()));
            var finding = Assert.Single(store.LedgerReader.Findings);
            Assert.True(finding.IsBroken);
            Assert.Contains("Simulated failure", finding.Message, StringComparison.Ordinal);
            Assert.Equal(1, store.LedgerReader.Figures.NotesWaiting);
        }

        Assert.True(store.Pump());
        Assert.Empty(store.LedgerReader.Findings);
        Assert.True(store.Ledger.TryNote(LedgerBed.City, bed.Read()));
        LedgerBed.Append(store, bed.Change("after"));
        Assert.True(store.Pump());
        var all = await LedgerBed.AllAsync(store);
        Assert.Equal(["before", null, "after", null], all.Select(e => e.Entry.Detail));
        Assert.Equal([0, 1, 2, 3], all.Select(e => e.Index));
    }

    [Fact]
    public void A_checkpoint_is_signed_after_a_thousand_entries_or_a_minute()
    {
        var bed = new LedgerBed();
        using var store = bed.Open();
        for (var i = 0; i < LedgerLimits.CheckpointEntries - 1; i++)
        {
            LedgerBed.Append(store, bed.Change("x"));
        }

        Assert.Equal(0, store.LedgerReader.Head(LedgerBed.City).CheckpointSize);
        LedgerBed.Append(store, bed.Change("x"));
        Assert.Equal(1_000, store.LedgerReader.Head(LedgerBed.City).CheckpointSize);
        LedgerBed.Append(store, bed.Change("x"));
        bed.Time.Advance(TimeSpan.FromSeconds(59));
        store.Pump();
        Assert.Equal(1_000, store.LedgerReader.Head(LedgerBed.City).CheckpointSize);
        bed.Time.Advance(s_second);
        store.Pump();
        Assert.Equal(1_001, store.LedgerReader.Head(LedgerBed.City).CheckpointSize);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(256)]
    [InlineData(1_700)]
    public async Task Proofs_of_the_store_verify(int entries)
    {
        var bed = new LedgerBed();
        using var store = bed.Open(segmentBytes: 50_000);
        for (var i = 0; i < entries; i++)
        {
            LedgerBed.Append(store, bed.Change($"change {i}"));
        }

        for (var index = 0; index < entries; index += 1 + (entries / 40))
        {
            var proof = (await store.LedgerReader.InclusionProofAsync(LedgerBed.City, index, entries))!;
            Assert.True(Domain.Ledgers.MerkleProof.IsIncluded(
                Domain.Ledgers.TreeHash.Leaf(System.Text.Encoding.UTF8.GetBytes(proof.Line!)), index, entries, Hashes(proof), Root(proof)));
            var older = (await store.LedgerReader.InclusionProofAsync(LedgerBed.City, 0, index + 1))!;
            var step = (await store.LedgerReader.ConsistencyProofAsync(LedgerBed.City, index + 1, entries))!;
            Assert.True(Domain.Ledgers.MerkleProof.IsConsistent(index + 1, Root(older), entries, Root(step), Hashes(step)));
        }

        Assert.Null(await store.LedgerReader.InclusionProofAsync(LedgerBed.City, entries, entries));
        Assert.Null(await store.LedgerReader.InclusionProofAsync(LedgerBed.City, 0, entries + 1));
        Assert.Null(await store.LedgerReader.ConsistencyProofAsync(LedgerBed.City, 5, entries + 1));
    }

    [Fact]
    public async Task A_person_is_a_pseudonym_that_the_officer_resolves_until_the_person_is_forgotten()
    {
        var bed = new LedgerBed();
        using var store = bed.Open();
        LedgerBed.Append(store, bed.Read(who: "person:anna"));
        LedgerBed.Append(store, bed.Read(who: "person:anna"));
        LedgerBed.Append(store, bed.Read(who: "system:tram"));
        var all = await LedgerBed.AllAsync(store);
        var anna = all[0].Entry.Who;
        Assert.Matches("^person#[0-9a-f]{16}$", anna);
        Assert.Equal([anna, anna, "system:tram"], all.Select(e => e.Entry.Who));

        Assert.Equal("person:anna", await store.Pseudonyms.ResolveAsync(LedgerBed.City, anna, "person:dora"));
        var inspection = (await LedgerBed.AllAsync(store))[^1].Entry;
        Assert.Equal((LedgerEntryKind.Inspection, $"resolved {anna}"), (inspection.Kind, inspection.Detail));
        Assert.StartsWith("person#", inspection.Who, StringComparison.Ordinal);

        await store.Pseudonyms.ForgetAsync("person:anna");
        Assert.Null(await store.Pseudonyms.ResolveAsync(LedgerBed.City, anna, "person:dora"));
        LedgerBed.Append(store, bed.Read(who: "person:anna"));
        Assert.NotEqual(anna, (await LedgerBed.AllAsync(store))[^1].Entry.Who);
    }

    [Fact]
    public async Task The_summary_counts_reads_of_a_day_by_stream_and_purpose_and_repeats_no_denied_words()
    {
        var bed = new LedgerBed();
        using var store = bed.Open();
        for (var day = 0; day < 3; day++)
        {
            for (var i = 0; i < 300; i++)
            {
                store.Ledger.TryNote(LedgerBed.City, bed.Read(stream: $"g/s{i % 3}/t"));
                store.Ledger.TryNote(LedgerBed.City, bed.Denial("invented"));
                store.Pump();
                bed.Time.Advance(TimeSpan.FromMinutes(1));
            }

            bed.Time.Advance(TimeSpan.FromHours(24 - 5));
        }

        for (var again = 0; again < 2; again++)
        {
            var summary = await store.LedgerReader.SummaryAsync(LedgerBed.City, new DateOnly(2026, 7, 2));
            Assert.Equal(["g/s0/t", "g/s1/t", "g/s2/t"], summary.Rows.Select(r => r.Stream));
            Assert.All(summary.Rows, r => Assert.Equal(("weather", 100L), (r.Purpose, r.Reads)));
            Assert.Equal((0, 300), (summary.Others, summary.Denials));
        }

        Assert.Empty((await store.LedgerReader.SummaryAsync(LedgerBed.City, new DateOnly(2026, 6, 30))).Rows);
    }

    private static Domain.Ledgers.Digest Root(LedgerProof proof) => new(Convert.FromBase64String(proof.Root));

    private static List<Domain.Ledgers.Digest> Hashes(LedgerProof proof) => [.. proof.Hashes.Select(h => new Domain.Ledgers.Digest(Convert.FromBase64String(h)))];
}
