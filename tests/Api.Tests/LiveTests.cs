using Api.Tests.Fakes;
using Quartier.Api.Live;

namespace Api.Tests;

public sealed class LiveTests
{
    private const string Path = "/api/cities/muenster/live";
    private static readonly TimeSpan Collection = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task Changes_are_collected_and_each_subject_named_once()
    {
        await using var host = await ApiHost.StartAsync();
        await using var line = await Line.OpenAsync(host.Client, Path);
        host.Feed.Changed("muenster", "sensor/promenade/zaehler");
        host.Feed.Changed("muenster", "asset/parkhaus-theater");
        host.Feed.Changed("muenster", "sensor/promenade/zaehler");
        host.Feed.Changed("elsewhere", "sensor/x/y");
        host.Time.Advance(Collection);
        Assert.Equal(["asset/parkhaus-theater", "sensor/promenade/zaehler"], await line.ChangedAsync());
        host.Feed.Changed("muenster", "sensor/promenade/zaehler");
        host.Time.Advance(Collection);
        Assert.Equal(["sensor/promenade/zaehler"], await line.ChangedAsync());
    }

    [Fact]
    public async Task Line_says_that_it_is_open_every_15_seconds_of_silence()
    {
        await using var host = await ApiHost.StartAsync();
        await using var line = await Line.OpenAsync(host.Client, Path);
        host.Time.Advance(TimeSpan.FromSeconds(14.5));
        host.Feed.Changed("muenster", "sensor/promenade/zaehler");
        host.Time.Advance(Collection);
        Assert.Equal(["sensor/promenade/zaehler"], await line.ChangedAsync());
        host.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(": still here", (await line.EventAsync()).Single());
    }

    [Fact]
    public async Task Too_many_changes_at_once_are_replaced_by_the_request_to_read_again()
    {
        await using var host = await ApiHost.StartAsync();
        await using var line = await Line.OpenAsync(host.Client, Path);
        Change(host, 0, CityWatch.SubjectsMax + 1);
        host.Time.Advance(Collection);
        Assert.Equal(["event: resync", "data: {}"], await line.EventAsync());
        Change(host, 0, CityWatch.SubjectsMax);
        host.Time.Advance(Collection);
        Assert.Equal(CityWatch.SubjectsMax, (await line.ChangedAsync()).Length);
    }

    [Fact]
    public async Task Watcher_that_does_not_read_holds_no_more_than_the_bound()
    {
        await using var host = await ApiHost.StartAsync();
        using var slow = host.Feed.TryWatch("muenster")!;
        Change(host, 0, 3_000);
        host.Time.Advance(Collection);
        Change(host, 1_000, 3_000);
        host.Time.Advance(Collection);
        var merged = await slow.NextAsync(TestContext.Current.CancellationToken);
        Assert.False(merged.MustResync);
        Assert.Equal(4_000, merged.Subjects.Count);
        Change(host, 0, 3_000);
        host.Time.Advance(Collection);
        Change(host, 3_000, 3_000);
        host.Time.Advance(Collection);
        Change(host, 6_000, 10);
        host.Time.Advance(Collection);
        var dropped = await slow.NextAsync(TestContext.Current.CancellationToken);
        Assert.True(dropped.MustResync);
        Assert.Empty(dropped.Subjects);
    }

    [Fact]
    public async Task Nothing_is_kept_while_nobody_watches()
    {
        await using var host = await ApiHost.StartAsync();
        Assert.False(host.Feed.IsWatched("muenster"));
        host.Feed.Changed("muenster", "sensor/a/b");
        Assert.Equal(0, host.Time.Timers);
        var watcher = host.Feed.TryWatch("muenster")!;
        Assert.True(host.Feed.IsWatched("muenster"));
        Assert.False(host.Feed.IsWatched("elsewhere"));
        Assert.Equal(1, host.Time.Timers);
        watcher.Dispose();
        watcher.Dispose();
        Assert.False(host.Feed.IsWatched("muenster"));
        Assert.Equal(0, host.Time.Timers);
        Assert.Equal(0, host.Feed.Watchers);
    }

    [Fact]
    public async Task Every_watcher_of_a_city_is_told()
    {
        await using var host = await ApiHost.StartAsync();
        using var one = host.Feed.TryWatch("muenster")!;
        using var two = host.Feed.TryWatch("muenster")!;
        using var other = host.Feed.TryWatch("elsewhere")!;
        host.Feed.Changed("muenster", "sensor/a/b");
        host.Feed.Changed("elsewhere", "sensor/c/d");
        host.Time.Advance(Collection);
        Assert.Equal(["sensor/a/b"], (await one.NextAsync(TestContext.Current.CancellationToken)).Subjects);
        Assert.Equal(["sensor/a/b"], (await two.NextAsync(TestContext.Current.CancellationToken)).Subjects);
        Assert.Equal(["sensor/c/d"], (await other.NextAsync(TestContext.Current.CancellationToken)).Subjects);
    }

    [Fact]
    public async Task No_change_is_lost_when_many_threads_report_while_changes_are_handed_out()
    {
        await using var host = await ApiHost.StartAsync();
        using var watcher = host.Feed.TryWatch("muenster")!;
        const int threads = 4;
        const int rounds = 2_000;
        var version = new int[50];
        var seen = new int[50];
        var writers = Enumerable.Range(0, threads).Select(t => Task.Run(
            () =>
            {
                for (var i = 0; i < rounds; i++)
                {
                    var subject = (i + t) % version.Length;
                    Interlocked.Increment(ref version[subject]);
                    host.Feed.Changed("muenster", $"s/{subject}");
                }
            },
            TestContext.Current.CancellationToken)).ToArray();
        var all = Task.WhenAll(writers);
        do
        {
            host.Time.Advance(Collection);
            await ReadAsync();
        }
        while (!all.IsCompleted);
        await all;
        host.Feed.Changed("muenster", "last");
        host.Time.Advance(Collection);
        await ReadAsync();
        Assert.Equal(version, seen);

        // A watcher that reads when it is told has seen the newest state of everything in the end.
        async Task ReadAsync()
        {
            host.Feed.Changed("muenster", "tick");
            host.Time.Advance(Collection);
            var next = await watcher.NextAsync(TestContext.Current.CancellationToken);
            foreach (var subject in next.Subjects.Where(s => s.StartsWith("s/", StringComparison.Ordinal)))
            {
                var index = int.Parse(subject[2..], System.Globalization.CultureInfo.InvariantCulture);
                seen[index] = Volatile.Read(ref version[index]);
            }
        }
    }

    [Fact]
    public async Task More_watchers_than_the_limit_are_asked_to_come_back()
    {
        await using var host = await ApiHost.StartAsync();
        var watchers = Enumerable.Range(0, LiveFeed.WatchersMax).Select(_ => host.Feed.TryWatch("muenster")!).ToArray();
        using var refused = await host.Client.GetAsync(Path, TestContext.Current.CancellationToken);
        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Equal("30", refused.Headers.GetValues("Retry-After").Single());
        watchers[0].Dispose();
        await using var line = await Line.OpenAsync(host.Client, Path);
        Assert.Equal(LiveFeed.WatchersMax, host.Feed.Watchers);
    }

    [Fact]
    public async Task Line_ends_when_the_host_stops()
    {
        await using var host = await ApiHost.StartAsync();
        await using var line = await Line.OpenAsync(host.Client, Path);
        host.App.Lifetime.StopApplication();
        Assert.Null(await line.LineAsync());
    }

    [Fact]
    public async Task Watcher_is_forgotten_when_its_client_goes()
    {
        await using var host = await ApiHost.StartAsync();
        var line = await Line.OpenAsync(host.Client, Path);
        Assert.Equal(1, host.Feed.Watchers);
        await line.DisposeAsync();
        await Task.Run(() => SpinWait.SpinUntil(() => host.Feed.Watchers == 0, TimeSpan.FromSeconds(30)), TestContext.Current.CancellationToken);
        Assert.Equal(0, host.Feed.Watchers);
    }

    [Fact]
    public async Task City_that_is_not_registered_cannot_be_watched()
    {
        await using var host = await ApiHost.StartAsync();
        await host.GetAsync("/api/cities/munster/live", 404);
    }

    private static void Change(ApiHost host, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            host.Feed.Changed("muenster", $"alert/mitte/{i}");
        }
    }
}
