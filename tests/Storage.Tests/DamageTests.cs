using Quartier.Contracts.Readings;
using Quartier.Storage.Databases;
using Quartier.Storage.Simulated;

namespace Quartier.Storage.Tests;

public sealed class DamageTests : IDisposable
{
    private static readonly StoreOptions s_simulated = new() { Inline = true, SegmentBytes = 64 << 10, FrameBytes = 4 << 10 };
    private static readonly StoreOptions s_local = new() { Inline = true, SegmentBytes = 64 << 10, FrameBytes = 4 << 10, BlockReadings = 16 };
    private static readonly DatastreamKey s_key = new("c/g/s", "p");
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(2_000, 1)]
    [InlineData(2_000, 300)]
    [InlineData(0, 20)]
    public async Task Damage_in_the_journal_costs_only_the_records_it_hits_and_is_named(int offset, int length)
    {
        var disk = new SimulatedDisk(1);
        var expected = new List<Reading>();
        using (var store = EmbeddedStore.Open(disk, disk, s_simulated, new FakeTime(DateTimeOffset.UnixEpoch)))
        {
            var stream = store.Readings.Register(s_key, TimeSpan.FromDays(30));
            for (var i = 0; i < 200; i++)
            {
                expected.Add(new Reading(StoreWorkload.Start + (i * 60_000L), i, Quality.Good));
                store.Readings.Append(stream, [expected[^1]], new AppendOutcome[1]);
                if (i % 10 == 0)
                {
                    store.Pump();
                }
            }

            store.Pump();
            store.Pump();
        }

        disk.PowerUp();
        disk.Corrupt("journal/0000000000000001.qj", offset, length);
        using (var store = EmbeddedStore.Open(disk, disk, s_simulated, new FakeTime(DateTimeOffset.UnixEpoch)))
        {
            var stream = store.Readings.Register(s_key, TimeSpan.FromDays(30));
            var found = await store.Readings.RangeAsync(stream, 0, long.MaxValue, 100_000, default);
            Assert.Subset(expected.ToHashSet(), found.ToHashSet());
            Assert.InRange(expected.Count - found.Count, offset == 0 ? 0 : 1, (length / 15) + 30);
            var named = Assert.Single(store.Readings.Health.SetAside);
            Assert.StartsWith("set-aside/0000000000000001.qj: ", named, StringComparison.Ordinal);
            expected = [.. found];
        }

        disk.PowerUp();
        using (var store = EmbeddedStore.Open(disk, disk, s_simulated, new FakeTime(DateTimeOffset.UnixEpoch)))
        {
            var stream = store.Readings.Register(s_key, TimeSpan.FromDays(30));
            Assert.Equal(expected, await store.Readings.RangeAsync(stream, 0, long.MaxValue, 100_000, default));
        }
    }

    [Fact]
    public async Task Damaged_partition_is_set_aside_and_does_not_stop_the_rest()
    {
        await FillAsync(days: 3);
        var partition = Directory.GetFiles(Path.Combine(_directory.Path, "partitions"), "*.db").Order(StringComparer.Ordinal).First();
        await File.WriteAllBytesAsync(partition, new byte[8_192]);
        Directory.Delete(Path.Combine(_directory.Path, "journal"), recursive: true);
        using var store = await EmbeddedStore.OpenAsync(_directory.Path, s_local);
        var found = await store.Readings.RangeAsync(1, 0, long.MaxValue, 100_000, default);
        Assert.Equal(200, found.Count);
        Assert.Contains(store.Readings.Health.SetAside, e => e.StartsWith("set-aside/partitions-" + Path.GetFileName(partition), StringComparison.Ordinal));
        Assert.Equal(AppendOutcome.NeedsHistory, Append(store, StoreWorkload.Start));
        await store.Readings.LoadAsync(1, StoreWorkload.Start, StoreWorkload.Start + 1, default);
        Assert.Equal(AppendOutcome.Stored, Append(store, StoreWorkload.Start));
    }

    [Fact]
    public async Task What_the_journal_still_has_of_a_damaged_partition_is_not_lost()
    {
        await FillAsync(days: 3);
        var partition = Directory.GetFiles(Path.Combine(_directory.Path, "partitions"), "*.db").Order(StringComparer.Ordinal).First();
        await File.WriteAllBytesAsync(partition, new byte[8_192]);
        using var store = await EmbeddedStore.OpenAsync(_directory.Path, s_local);
        Assert.Single(store.Readings.Health.SetAside);
        Assert.Equal(300, (await store.Readings.RangeAsync(1, 0, long.MaxValue, 100_000, default)).Count);
    }

    [Fact]
    public async Task One_damaged_block_costs_that_block_only()
    {
        await FillAsync(days: 2);
        var partition = Directory.GetFiles(Path.Combine(_directory.Path, "partitions"), "*.db").Order(StringComparer.Ordinal).First();
        using (var database = Database.OpenFile(partition))
        {
            database.Execute("UPDATE block SET data = zeroblob(length(data)) WHERE id = (SELECT min(id) FROM block)");
        }

        using var store = await EmbeddedStore.OpenAsync(_directory.Path, s_local);
        var found = await store.Readings.RangeAsync(1, 0, long.MaxValue, 100_000, default);
        Assert.Equal(200 - 16, found.Count);
        Assert.Single(store.Readings.Health.SetAside);
    }

    [Fact]
    public async Task Names_and_latest_values_survive_the_loss_of_the_citys_database()
    {
        await FillAsync(days: 2);
        await File.WriteAllBytesAsync(Path.Combine(_directory.Path, "city.db"), new byte[8_192]);
        using var store = await EmbeddedStore.OpenAsync(_directory.Path, s_local);
        Assert.Contains(store.Readings.Health.SetAside, e => e.StartsWith("set-aside/city.db", StringComparison.Ordinal));
        Assert.Equal(1, store.Readings.Register(s_key, TimeSpan.FromDays(30)));
        Assert.Equal(200, (await store.Readings.RangeAsync(1, 0, long.MaxValue, 100_000, default)).Count);
        Assert.Equal(99, (await store.Readings.LatestAsync(1, default))!.Value.Value);
        Assert.Equal(2, store.Readings.Register(new DatastreamKey("c/g/s", "q"), TimeSpan.FromDays(30)));
    }

    [Fact]
    public async Task Newer_store_is_refused_with_both_formats()
    {
        await FillAsync(days: 1);
        using (var database = Database.OpenFile(Path.Combine(_directory.Path, "city.db")))
        {
            database.Execute("PRAGMA user_version=99");
        }

        var refusal = await Assert.ThrowsAsync<StoreException>(() => EmbeddedStore.OpenAsync(_directory.Path, s_local));
        Assert.Contains("format 99", refusal.Message, StringComparison.Ordinal);
    }

    private static AppendOutcome Append(EmbeddedStore store, long timeMs)
    {
        var outcomes = new AppendOutcome[1];
        store.Readings.Append(1, [new Reading(timeMs, 0, Quality.Good)], outcomes);
        return outcomes[0];
    }

    private async Task FillAsync(int days)
    {
        using var store = await EmbeddedStore.OpenAsync(_directory.Path, s_local);
        var stream = store.Readings.Register(s_key, TimeSpan.FromDays(30));
        for (var day = 0; day < days; day++)
        {
            var readings = Enumerable.Range(0, 100)
                .Select(i => new Reading(StoreWorkload.Start + (day * 86_400_000L) + (i * 60_000L), i, Quality.Good)).ToArray();
            store.Readings.Append(stream, readings, new AppendOutcome[100]);
        }

        await store.SealAsync();
    }
}
