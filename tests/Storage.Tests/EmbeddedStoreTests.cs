using Quartier.Contracts.Readings;

namespace Quartier.Storage.Tests;

public sealed class EmbeddedStoreTests : IDisposable
{
    private const long Start = 1_782_864_000_000; // 2026-07-01T00:00:00Z
    private static readonly TimeSpan s_retention = TimeSpan.FromDays(3650);
    private static readonly DatastreamKey s_key = new("muenster/promenade/promenade", "total");
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Appended_readings_are_durable_and_read_back_after_a_restart()
    {
        var stop = TestContext.Current.CancellationToken;
        var expected = Enumerable.Range(0, 1000).Select(i => new Reading(Start + (i * 900_000L), i % 97 / 10.0, Quality.Good)).ToArray();
        using (var store = await EmbeddedStore.OpenAsync(_directory.Path, cancellationToken: stop))
        {
            var stream = store.Readings.Register(s_key, s_retention);
            var outcomes = new AppendOutcome[expected.Length];
            var ticket = store.Readings.Append(stream, expected, outcomes);
            await store.Readings.WhenDurable(ticket);
            Assert.All(outcomes, o => Assert.Equal(AppendOutcome.Stored, o));
            Assert.Equal(expected, await store.Readings.RangeAsync(stream, 0, long.MaxValue, 100_000, stop));
        }

        using (var store = await EmbeddedStore.OpenAsync(_directory.Path, cancellationToken: stop))
        {
            var stream = store.Readings.Register(s_key, s_retention);
            Assert.Equal(1, stream);
            Assert.Equal(expected, await store.Readings.RangeAsync(stream, 0, long.MaxValue, 100_000, stop));
            Assert.Equal(expected[^1], await store.Readings.LatestAsync(stream, stop));
            await store.SealAsync(stop);
            Assert.Equal(expected, await store.Readings.RangeAsync(stream, 0, long.MaxValue, 100_000, stop));
            var manifest = await store.Readings.ManifestAsync(stop);
            Assert.Equal(1000, manifest.Partitions.Sum(p => p.Readings));
            Assert.Equal(0, manifest.OpenReadings);
        }

        using (var store = await EmbeddedStore.OpenAsync(_directory.Path, cancellationToken: stop))
        {
            var stream = store.Readings.Register(s_key, s_retention);
            Assert.Equal(expected, await store.Readings.RangeAsync(stream, 0, long.MaxValue, 100_000, stop));
            Assert.Equal(expected[^1], await store.Readings.LatestAsync(stream, stop));
            Assert.Empty(store.Readings.Health.SetAside);
        }
    }

    [Fact]
    public async Task Repeated_readings_are_duplicates_wherever_the_first_ones_rest()
    {
        var stop = TestContext.Current.CancellationToken;
        using var store = await EmbeddedStore.OpenAsync(_directory.Path, cancellationToken: stop);
        var stream = store.Readings.Register(s_key, s_retention);
        var readings = Enumerable.Range(0, 500).Select(i => new Reading(Start + (i * 900_000L), i, Quality.Good)).ToArray();
        var outcomes = new AppendOutcome[readings.Length];
        store.Readings.Append(stream, readings, outcomes);
        store.Readings.Append(stream, readings, outcomes);
        Assert.All(outcomes, o => Assert.Equal(AppendOutcome.Duplicate, o));

        await store.SealAsync(stop);
        store.Readings.Append(stream, readings, outcomes);
        Assert.All(outcomes, o => Assert.Equal(AppendOutcome.NeedsHistory, o));
        await store.Readings.LoadAsync(stream, readings[0].TimeMs, readings[^1].TimeMs + 1, stop);
        var ticket = store.Readings.Append(stream, readings, outcomes);
        Assert.All(outcomes, o => Assert.Equal(AppendOutcome.Duplicate, o));
        await store.Readings.WhenDurable(ticket);
        Assert.Equal(readings, await store.Readings.RangeAsync(stream, 0, long.MaxValue, 100_000, stop));
    }

    [Fact]
    public void A_second_store_on_the_directory_is_refused_with_the_holder()
    {
        using var first = EmbeddedStore.Open(_directory.Path);
        var refusal = Assert.Throws<StoreException>(() => EmbeddedStore.Open(_directory.Path));
        Assert.Contains(_directory.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_threads_append_read_seal_and_delete_at_the_same_time()
    {
        const int Writers = 4;
        const int StreamsEach = 50;
        const int Rounds = 300;
        var stop = TestContext.Current.CancellationToken;
        var options = new StoreOptions { SegmentBytes = 256 << 10, FrameBytes = 16 << 10, BlockReadings = 32, UnsealedReadingsLimit = 20_000, JournalLimitBytes = 512 << 10 };
        using (var store = await EmbeddedStore.OpenAsync(_directory.Path, options, cancellationToken: stop))
        {
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() => WriteAsync(store, w), stop)));
        }

        using (var store = await EmbeddedStore.OpenAsync(_directory.Path, options, cancellationToken: stop))
        {
            for (var stream = 1; stream <= Writers * StreamsEach; stream++)
            {
                var found = await store.Readings.RangeAsync(stream, 0, long.MaxValue, 100_000, stop);
                Assert.Equal(Enumerable.Range(0, Rounds).Select(i => (double)i), found.Select(r => r.Value));
            }

            await store.SealAsync(stop);
            var manifest = await store.Readings.ManifestAsync(stop);
            Assert.Equal(Writers * StreamsEach * Rounds, manifest.Partitions.Sum(p => p.Readings));
            Assert.Empty(store.Readings.Health.SetAside);
        }

        async Task WriteAsync(EmbeddedStore store, int writer)
        {
            var streams = Enumerable.Range(0, StreamsEach)
                .Select(i => store.Readings.Register(new DatastreamKey($"c/{writer}/{i}", "p"), s_retention)).ToArray();
            for (var round = 0; round < Rounds; round++)
            {
                var ticket = 0L;
                foreach (var stream in streams)
                {
                    var outcome = new AppendOutcome[1];
                    ticket = store.Readings.Append(stream, [new Reading(Start + (round * 3_600_000L), round, Quality.Good)], outcome);
                    Assert.Equal(AppendOutcome.Stored, outcome[0]);
                }

                await store.Readings.WhenDurable(ticket);
                var seen = await store.Readings.RangeAsync(streams[round % StreamsEach], 0, long.MaxValue, 100_000, stop);
                Assert.Equal(round + 1, seen.Count);
                var sums = await store.Readings.AggregateAsync(streams[round % StreamsEach], 0, long.MaxValue, 86_400_000, 0, stop);
                Assert.Equal(round * (round + 1), 2 * sums.Sum(r => r.Sum));
                if (round % 100 == 99)
                {
                    await store.Readings.DeleteExpiredAsync(Start, stop);
                }
            }
        }
    }
}
