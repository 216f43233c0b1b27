using Quartier.Contracts.Readings;
using Quartier.Storage.Simulated;

namespace Quartier.Storage.Tests;

public sealed class FullDiskTests
{
    private static readonly StoreOptions s_options = new()
    {
        Inline = true,
        SegmentBytes = 16 << 10,
        FrameBytes = 2 << 10,
        BlockReadings = 16,
        JournalLimitBytes = 32 << 10,
        PendingLimitBytes = 64 << 10,
    };

    [Fact]
    public async Task Full_disk_stops_acknowledgements_says_so_and_recovers_without_loss()
    {
        var disk = new SimulatedDisk(1);
        using var store = EmbeddedStore.Open(disk, disk, s_options, new FakeTime(DateTimeOffset.UnixEpoch));
        var stream = store.Readings.Register(new DatastreamKey("c/g/s", "p"), TimeSpan.FromDays(30));
        disk.IsFull = true;
        var expected = new List<Reading>();
        var waiting = new List<Task>();
        for (var i = 0; store.Readings.Health.Accepting; i++)
        {
            var reading = new Reading(StoreWorkload.Start + (i * 60_000L), i, Quality.Good);
            var ticket = store.Readings.Append(stream, [reading], new AppendOutcome[1]);
            expected.Add(reading);
            waiting.Add(store.Readings.WhenDurable(ticket).AsTask());
            store.Pump();
            Assert.InRange(i, 0, 100_000);
        }

        Assert.False(waiting[^1].IsCompleted);
        Assert.Contains("disk is full", store.Readings.Health.Problem, StringComparison.Ordinal);
        Assert.Contains("Free space", store.Readings.Health.Problem, StringComparison.Ordinal);
        Assert.False(store.Pump());

        disk.IsFull = false;
        Assert.True(store.Pump());
        Assert.True(store.Readings.Health.Accepting);
        Assert.Null(store.Readings.Health.Problem);
        foreach (var acknowledged in waiting)
        {
            await acknowledged;
        }

        Assert.Equal(expected, await store.Readings.RangeAsync(stream, 0, long.MaxValue, 100_000, default));
        disk.PowerUp();
        using var after = EmbeddedStore.Open(disk, disk, s_options, new FakeTime(DateTimeOffset.UnixEpoch));
        Assert.Equal(expected, await after.Readings.RangeAsync(stream, 0, long.MaxValue, 100_000, default));
    }

    [Fact]
    public void Too_much_waiting_for_the_disk_is_refused_with_the_limit()
    {
        var disk = new SimulatedDisk(1);
        using var store = EmbeddedStore.Open(disk, disk, s_options, new FakeTime(DateTimeOffset.UnixEpoch));
        var stream = store.Readings.Register(new DatastreamKey("c/g/s", "p"), TimeSpan.FromDays(30));
        var refusal = Assert.Throws<StoreException>(() =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                store.Readings.Append(stream, [new Reading(StoreWorkload.Start + i, i, Quality.Good)], new AppendOutcome[1]);
            }
        });
        Assert.Contains("wait for the disk", refusal.Message, StringComparison.Ordinal);
    }
}
