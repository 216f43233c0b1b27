using Quartier.Contracts.Publication;

namespace Quartier.Storage.Tests;

public sealed class PublicationStoreTests
{
    [Fact]
    public async Task What_was_kept_first_stays_as_it_was_over_a_restart()
    {
        using var directory = new TemporaryDirectory();
        using (var store = EmbeddedStore.Open(directory.Path))
        {
            await store.Publications.KeepAsync([Part(10, 20, 1), Part(0, 30, 2)], default);
            await store.Publications.KeepAsync([Part(10, 20, 9), Part(20, 30, 3)], default);
            await store.Publications.KeepAsync([Part(10, 20, 7) with { Stream = "bins/level" }], default);
        }

        using var again = EmbeddedStore.Open(directory.Path);
        Assert.Equal([2, 1, 3], await BodiesAsync(again, 0, 30));
        Assert.Equal([1, 3], await BodiesAsync(again, 10, 30));
        Assert.Equal([1], await BodiesAsync(again, 10, 29));
        Assert.Empty(await again.Publications.FindAsync("hamm", "bicycles/total", 0, 100, default));
        Assert.Equal([("muenster", "bicycles/total"), ("muenster", "bins/level")], await again.Publications.StreamsAsync(default));
    }

    [Fact]
    public async Task What_ended_before_a_time_is_forgotten_of_that_stream_alone()
    {
        using var directory = new TemporaryDirectory();
        using var store = EmbeddedStore.Open(directory.Path);
        await store.Publications.KeepAsync([Part(0, 10, 1), Part(10, 20, 2), Part(0, 30, 3), Part(0, 10, 4) with { Stream = "bins/level" }], default);
        Assert.Equal(1, await store.Publications.ForgetAsync("muenster", "bicycles/total", 20, default));
        Assert.Equal([3, 2], await BodiesAsync(store, 0, 30));
        Assert.Single(await store.Publications.FindAsync("muenster", "bins/level", 0, 30, default));
    }

    private static async Task<IEnumerable<byte>> BodiesAsync(EmbeddedStore store, long from, long to) =>
        (await store.Publications.FindAsync("muenster", "bicycles/total", from, to, default)).Select(p => p.Body.Span[0]);

    private static PublishedPart Part(long start, long end, byte body) => new("muenster", "bicycles/total", start, end, new[] { body });
}
