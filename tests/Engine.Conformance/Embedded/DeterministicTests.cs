using System.Globalization;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Quartier.Engine.Conformance.Grains;
using Quartier.Engine.Reminders;

namespace Quartier.Engine.Conformance.Embedded;

/// <summary>The driver: equal seeds give equal runs, time passes only on demand.</summary>
public sealed class DeterministicTests
{
    [Fact]
    public void A_seed_gives_the_same_order_again_and_another_seed_another()
    {
        var orders = Enumerable.Range(0, 8).Select(RunSeed).ToArray();

        Assert.Equal(orders, Enumerable.Range(0, 8).Select(RunSeed));
        Assert.True(orders.Distinct(StringComparer.Ordinal).Count() > 1, "Eight seeds gave one order: nothing is drawn.");
    }

    [Fact]
    public void Nothing_runs_before_the_driver_lets_it()
    {
        using var host = new DeterministicHost();
        var call = host.Grains.GetGrain<IProbe>(Signals.NewName()).Who();
        Assert.False(call.IsCompleted);

        host.Driver.RunUntilIdle();

        Assert.True(call.IsCompletedSuccessfully);
    }

    [Fact]
    public void Timers_fire_on_their_times_and_the_period_counts_from_the_callback()
    {
        using var host = new DeterministicHost();
        var ticker = host.Grains.GetGrain<ITicker>(Signals.NewName());
        host.Driver.Run(() => ticker.Start(Signals.NewName(), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60), interleave: false, keepAlive: true));

        Assert.Equal(0, TicksAfter(9.999));
        Assert.Equal(1, TicksAfter(0.001));
        Assert.Equal(1, TicksAfter(59.999));
        Assert.Equal(2, TicksAfter(0.001));
        Assert.Equal(62, TicksAfter(3600));

        int TicksAfter(double seconds)
        {
            host.Driver.Advance(TimeSpan.FromSeconds(seconds));
            return host.Driver.Run(() => ticker.Ticks());
        }
    }

    [Fact]
    public void An_idle_grain_is_collected_after_the_age_and_a_used_one_is_not()
    {
        using var host = new DeterministicHost();
        var (idle, used) = (Signals.NewName(), Signals.NewName());
        host.Driver.Run(() => host.Grains.GetGrain<IProbe>(idle).Who());
        for (var minute = 0; minute < 18; minute++)
        {
            host.Driver.Run(() => host.Grains.GetGrain<IProbe>(used).Who());
            Assert.Equal(minute >= 16, Signals.IsSet($"{idle}.ActivationIdle"));
            host.Driver.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.False(Signals.IsSet($"{used}.ActivationIdle"));
        host.Driver.Run(() => host.Grains.GetGrain<IProbe>(idle).Who());
        Assert.Equal(2, Signals.CountOf(idle + ".activated"));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_timer_keeps_its_grain_from_collection_only_when_told(bool keepAlive, bool isCollected)
    {
        using var host = new DeterministicHost();
        var key = Signals.NewName();
        host.Driver.Run(() => host.Grains.GetGrain<ITicker>(key).Start(
            Signals.NewName(), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), interleave: false, keepAlive));

        host.Driver.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(isCollected, Signals.IsSet(key + ".ended"));
    }

    [Fact]
    public void Reminders_wake_collected_grains_and_survive_a_restart()
    {
        var table = new MemoryReminderTable();
        var key = Signals.NewName();
        using (var host = new DeterministicHost(1, table))
        {
            host.Driver.Run(() => host.Grains.GetGrain<ITicker>(key).Remind("wake", TimeSpan.FromHours(1), TimeSpan.FromHours(1)));
            host.Driver.Advance(TimeSpan.FromMinutes(59));
            Assert.True(Signals.IsSet(key + ".ended"));
            Assert.Equal(0, Signals.CountOf(key + ".wake"));
            host.Driver.Advance(TimeSpan.FromMinutes(121));
            Assert.Equal(3, Signals.CountOf(key + ".wake"));
        }

        // The clock of the second run begins anew, one hour before the first tick.
        using var restarted = new DeterministicHost(2, table);
        restarted.Driver.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal(4, Signals.CountOf(key + ".wake"));
        restarted.Driver.Run(() => restarted.Grains.GetGrain<ITicker>(key).Forget("wake"));
        restarted.Driver.Advance(TimeSpan.FromHours(5));
        Assert.Equal(4, Signals.CountOf(key + ".wake"));
    }

    [Fact]
    public void A_caller_waits_thirty_seconds_and_no_longer()
    {
        using var host = new DeterministicHost();
        var call = host.Grains.GetGrain<IProbe>(Signals.NewName()).CallSelf();

        host.Driver.Advance(TimeSpan.FromSeconds(29.9));
        Assert.False(call.IsCompleted);
        host.Driver.Advance(TimeSpan.FromSeconds(2));

        Assert.IsType<TimeoutException>(call.Exception?.InnerException);
    }

    [Fact]
    public void A_call_beyond_the_queue_limit_is_refused()
    {
        using var host = new DeterministicHost(configure: silo =>
            silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = 3));
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());
        var calls = Enumerable.Range(0, 5).Select(_ => probe.Who()).ToArray();

        host.Driver.RunUntilIdle();

        Assert.Equal([true, true, true, false, false], calls.Select(call => call.IsCompletedSuccessfully));
        Assert.IsType<LimitExceededException>(calls[4].Exception?.InnerException);
    }

    [Fact]
    public void Waiting_for_what_never_comes_is_reported_with_the_seed()
    {
        using var host = new DeterministicHost(77);

        var failure = Assert.Throws<TimeoutException>(() => host.Driver.Run(() => new TaskCompletionSource().Task, TimeSpan.FromMinutes(5)));

        Assert.Contains("seed 77", failure.Message, StringComparison.Ordinal);
    }

    private static string RunSeed(int seed)
    {
        using var host = new DeterministicHost(seed);
        var order = new List<string>();
        var calls = Enumerable.Range(0, 6).Select(async i =>
        {
            var grain = host.Grains.GetGrain<ICrowd>(string.Create(CultureInfo.InvariantCulture, $"order-{i}"));
            await grain.Add(i % 3);
            order.Add(i.ToString(CultureInfo.InvariantCulture));
        });
        host.Driver.Run(() => Task.WhenAll(calls));
        return string.Join(" ", order) + " after " + host.Driver.Turns.ToString(CultureInfo.InvariantCulture);
    }
}
