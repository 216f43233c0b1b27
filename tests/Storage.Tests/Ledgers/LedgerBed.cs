using Quartier.Contracts.Ledgers;
using Quartier.Storage.Simulated;

namespace Quartier.Storage.Tests.Ledgers;

/// <summary>A store on a simulated disk, with a second disk for the checkpoints outside.</summary>
internal sealed class LedgerBed(int seed = 1, bool hasOutside = true)
{
    public const string City = "town";

    public SimulatedDisk Disk { get; } = new(seed);

    public SimulatedDisk Outside { get; } = new(seed);

    public FakeTime Time { get; } = new(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));

    public EmbeddedStore Open(long segmentBytes = 64 << 20) => EmbeddedStore.Open(
        Disk, Disk, new StoreOptions { Inline = true, SegmentBytes = 16 << 10, FrameBytes = 4 << 10, LedgerSegmentBytes = segmentBytes }, Time, hasOutside ? Outside : null);

    public LedgerEntry Read(string who = "public", string stream = "g/s/temperature", string? purpose = "weather", long rows = 10) => new(
        Time.GetUtcNow().ToUnixTimeMilliseconds(), LedgerEntryKind.Read, who, "mitte", purpose, [stream], "raw", rows, 1, "city 1", "grant-1", null);

    public LedgerEntry Denial(string purpose) => Read() with { Kind = LedgerEntryKind.Denial, Purpose = purpose, Detail = "unknown-purpose", Rows = 0 };

    public LedgerEntry Change(string detail) => Read() with { Kind = LedgerEntryKind.Registry, Streams = [], Detail = detail, Rows = 0 };

    public static long Append(EmbeddedStore store, LedgerEntry entry)
    {
        var indexes = new List<long>();
        var appended = AppendAsync();
        Assert.True(appended.IsCompleted, "An inline store appends at once.");
        return indexes.Count == 1 ? indexes[0] : throw appended.Exception!.InnerException!;

        async Task AppendAsync() => indexes.Add(await store.Ledger.AppendAsync(City, entry, CancellationToken.None));
    }

    public static async Task<IReadOnlyList<IndexedEntry>> AllAsync(EmbeddedStore store)
    {
        var all = new List<IndexedEntry>();
        for (long? from = 0; from is { } next;)
        {
            var page = await store.LedgerReader.RangeAsync(City, next, 1_000);
            all.AddRange(page.Entries);
            from = page.Next;
        }

        return all;
    }
}
