using Quartier.Contracts.Readings;
using Quartier.Storage.Simulated;

namespace Quartier.Storage.Tests;

public sealed class OrderIndependenceTests
{
    private const Quality Arrival = Quality.Late | Quality.ClockSkew;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Order_of_arrival_does_not_change_what_is_stored(int seed)
    {
        var random = new Random(seed);
        var arrivals = Enumerable.Range(0, 600)
            .Select(_ => new Reading(StoreWorkload.Start + (random.Next(300) * 700_000L), random.Next(3), (Quality)(random.Next(4) << 2)))
            .ToArray();
        var first = await StoredAsync(arrivals, seed, isSealedOften: false);
        random.Shuffle(arrivals);
        var second = await StoredAsync(arrivals, seed, isSealedOften: true);
        Assert.Equal(first, second);
        Assert.Contains(first, r => r.Quality.HasFlag(Quality.Contradicted));
        Assert.Contains(first, r => !r.Quality.HasFlag(Quality.Contradicted));
    }

    [Fact]
    public async Task Derived_quality_is_never_stored_and_arrival_bits_are_stored_as_given()
    {
        var reading = new Reading(StoreWorkload.Start, -0.0, Quality.Step | Quality.Gap | Quality.Late | Quality.OutOfRange);
        using var store = Open(1);
        var stream = store.Readings.Register(new DatastreamKey("c/g/s", "p"), TimeSpan.FromDays(1));
        store.Readings.Append(stream, [reading], new AppendOutcome[1]);
        foreach (var isSealed in new[] { false, true })
        {
            if (isSealed)
            {
                await store.SealAsync(TestContext.Current.CancellationToken);
            }

            var stored = Assert.Single(await store.Readings.RangeAsync(stream, 0, long.MaxValue, 10, default));
            Assert.Equal(Quality.Late | Quality.OutOfRange, stored.Quality);
            Assert.Equal(0, BitConverter.DoubleToInt64Bits(stored.Value));
        }
    }

    private static async Task<List<Reading>> StoredAsync(Reading[] arrivals, int seed, bool isSealedOften)
    {
        using var store = Open(seed);
        var stream = store.Readings.Register(new DatastreamKey("c/g/s", "p"), TimeSpan.FromDays(30));
        var outcomes = new AppendOutcome[1];
        for (var i = 0; i < arrivals.Length; i++)
        {
            store.Readings.Append(stream, arrivals.AsSpan(i, 1), outcomes);
            if (outcomes[0] == AppendOutcome.NeedsHistory)
            {
                await store.Readings.LoadAsync(stream, arrivals[i].TimeMs, arrivals[i].TimeMs + 1, default);
                store.Readings.Append(stream, arrivals.AsSpan(i, 1), outcomes);
            }

            Assert.NotEqual(AppendOutcome.NeedsHistory, outcomes[0]);
            if (isSealedOften && i % 37 == 0)
            {
                await store.SealAsync();
            }
        }

        store.Pump();
        var stored = await store.Readings.RangeAsync(stream, 0, long.MaxValue, 100_000, default);
        return [.. stored.Select(r => r with { Quality = r.Quality & ~Arrival })];
    }

    private static EmbeddedStore Open(int seed)
    {
        var disk = new SimulatedDisk(seed);
        var options = new StoreOptions { Inline = true, SegmentBytes = 1 << 20, FrameBytes = 16 << 10, BlockReadings = 32 };
        return EmbeddedStore.Open(disk, disk, options, new FakeTime(DateTimeOffset.UnixEpoch));
    }
}
