using Orleans;
using Orleans.Storage;
using Quartier.Engine.Conformance.Grains;
using Quartier.Engine.Conformance.Hosts;

namespace Quartier.Engine.Conformance.Semantics;

/// <summary>Activation, deactivation and what survives them, whichever engine runs.</summary>
public sealed class LifeSemantics
{
    [Fact]
    public async Task A_grain_that_ends_is_told_why_and_comes_back_as_another_activation()
    {
        await using var host = await TestHost.StartAsync();
        var key = Signals.NewName();
        var probe = host.Grains.GetGrain<IProbe>(key);
        var first = await probe.Who();

        await probe.End();
        await Signals.Wait($"{key}.{nameof(DeactivationReasonCode.ApplicationRequested)}");

        Assert.NotEqual(first, await probe.Who());
        Assert.Equal(2, Signals.CountOf(key + ".activated"));
    }

    [Fact]
    public async Task Calls_that_wait_while_a_grain_ends_are_served_by_its_next_activation()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());
        var first = await probe.Who();
        var gate = Signals.NewName();
        var held = probe.Hold(gate);
        await Signals.Wait(gate + ".in");
        var end = probe.End();
        var after = Enumerable.Range(0, 10).Select(_ => probe.Who()).ToArray();

        Signals.Set(gate + ".go");
        await Task.WhenAll(held, end);
        var who = await Task.WhenAll(after);

        Assert.DoesNotContain(first, who);
        Assert.Single(who.Distinct());
    }

    [Fact]
    public async Task A_failed_activation_fails_the_call_and_the_next_call_tries_again()
    {
        await using var host = await TestHost.StartAsync();
        var key = Signals.NewName();
        var fragile = host.Grains.GetGrain<IFragile>(key);

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => fragile.Say());
        Assert.Contains("not today", failure.ToString(), StringComparison.Ordinal);

        Signals.Set(key + ".healthy");
        Assert.Equal("alive", await fragile.Say());
    }

    [Fact]
    public async Task State_is_read_before_the_first_call_and_survives_deactivation()
    {
        await using var host = await TestHost.StartAsync();
        var keeper = host.Grains.GetGrain<IKeeper>(Signals.NewName());
        var empty = await keeper.Read();
        Assert.Equal((0, false, null), (empty.Value, empty.Exists, empty.Etag));

        await keeper.Write(7, 8);
        var written = await keeper.Read();
        await keeper.End();
        var read = await keeper.Read();

        Assert.NotEqual(written.Activation, read.Activation);
        Assert.Equal((7, 8, true, written.Etag), (read.Value, read.Named, read.Exists, read.Etag));
        Assert.NotNull(read.Etag);
    }

    [Fact]
    public async Task Every_write_changes_the_version_and_clearing_removes_the_state()
    {
        await using var host = await TestHost.StartAsync();
        var keeper = host.Grains.GetGrain<IKeeper>(Signals.NewName());
        await keeper.Write(1, 1);
        var first = (await keeper.Read()).Etag;
        await keeper.Write(2, 2);
        Assert.NotEqual(first, (await keeper.Read()).Etag);

        await keeper.Clear();

        var cleared = await keeper.Read();
        Assert.Equal((0, false), (cleared.Value, cleared.Exists));
        await keeper.Write(3, 3);
        Assert.Equal(3, (await keeper.Read()).Value);
    }

    [Fact]
    public async Task A_write_over_a_newer_version_fails_and_ends_the_outdated_activation()
    {
        await using var host = await TestHost.StartAsync();
        var keeper = host.Grains.GetGrain<IKeeper>(Signals.NewName());
        await keeper.Write(1, 1);
        var before = await keeper.Read();

        await Assert.ThrowsAsync<InconsistentStateException>(() => keeper.WriteOutdated());

        var after = await keeper.Read();
        Assert.NotEqual(before.Activation, after.Activation);
        Assert.Equal(99, after.Named);
    }

    [Fact]
    public async Task A_timer_fires_again_and_again_until_it_is_disposed()
    {
        await using var host = await TestHost.StartAsync();
        var ticker = host.Grains.GetGrain<ITicker>(Signals.NewName());
        var name = Signals.NewName();
        await ticker.Start(name, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), interleave: false, keepAlive: false);
        while (await ticker.Ticks() < 3)
        {
            await Task.Yield();
        }

        await ticker.Stop();
        var ticks = await ticker.Ticks();

        // Another timer's ticks show that time goes on.
        var other = Signals.NewName();
        await ticker.Start(other, TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan, interleave: false, keepAlive: false);
        await Signals.Wait(other + ".tick");
        Assert.Equal(ticks + 1, await ticker.Ticks());
    }

    [Fact]
    public async Task Timers_end_with_their_activation()
    {
        await using var host = await TestHost.StartAsync();
        var key = Signals.NewName();
        var ticker = host.Grains.GetGrain<ITicker>(key);
        var name = Signals.NewName();
        await ticker.Start(name, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), interleave: false, keepAlive: true);
        await Signals.Wait(name + ".tick");

        await ticker.End();
        await Signals.Wait(key + ".ended");

        Assert.Equal(0, await ticker.Ticks());
        var count = Signals.CountOf(name + ".ticks");
        var other = Signals.NewName();
        await ticker.Start(other, TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan, interleave: false, keepAlive: false);
        await Signals.Wait(other + ".tick");
        Assert.Equal(count, Signals.CountOf(name + ".ticks"));
    }

    [Fact]
    public async Task Reminders_are_kept_by_name_and_not_too_frequent()
    {
        await using var host = await TestHost.StartAsync();
        var ticker = host.Grains.GetGrain<ITicker>(Signals.NewName());

        await ticker.Remind("b", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await ticker.Remind("a", TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
        await ticker.Remind("a", TimeSpan.FromHours(2), TimeSpan.FromMinutes(5));
        await Assert.ThrowsAsync<ArgumentException>(() => ticker.Remind("c", TimeSpan.FromHours(1), TimeSpan.FromSeconds(59)));
        Assert.Equal("a b", await ticker.Reminders());

        await ticker.Forget("a");
        Assert.Equal("b", await ticker.Reminders());
    }
}
