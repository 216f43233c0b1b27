using Quartier.Engine.Conformance.Grains;
using Quartier.Engine.Conformance.Hosts;

namespace Quartier.Engine.Conformance.Semantics;

/// <summary>What a grain can rely on, whichever engine runs.</summary>
public sealed class TurnSemantics
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_grain_has_one_activation_however_many_call_first(int seed)
    {
        await using var host = await TestHost.StartAsync();
        var random = new Random(seed);
        for (var round = 0; round < 20; round++)
        {
            var key = Signals.NewName();
            var callers = 8 + random.Next(56);
            var calls = Enumerable.Range(0, callers).Select(_ => Task.Run(() => host.Grains.GetGrain<ICrowd>(key).Add(1))).ToArray();
            await Task.WhenAll(calls);

            var result = await host.Grains.GetGrain<ICrowd>(key).Result();
            Assert.Equal(new CrowdResult(callers, 0, 0), result);
            Assert.Equal(1, Signals.CountOf(key + ".activated"));
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public async Task Turns_neither_overlap_nor_interleave_nor_get_lost(int seed)
    {
        await using var host = await TestHost.StartAsync();
        var random = new Random(seed);
        var keys = Enumerable.Range(0, 4).Select(_ => Signals.NewName()).ToArray();

        // A chain of calls only ever goes to a later grain, so that no circle of waiting arises.
        var plan = Enumerable.Range(0, 2000)
            .Select(_ => (From: random.Next(4), To: random.Next(4), Awaits: random.Next(4)))
            .ToArray();
        await Task.WhenAll(plan.Chunk(50).Select(chunk => Task.Run(async () =>
        {
            foreach (var (from, to, awaits) in chunk)
            {
                var grain = host.Grains.GetGrain<ICrowd>(keys[from]);
                await (from < to ? grain.AddThrough(keys[to], awaits) : grain.Add(awaits));
            }
        })));

        for (var i = 0; i < keys.Length; i++)
        {
            var expected = plan.Count(step => step.From == i) + plan.Count(step => step.From < step.To && step.To == i);
            Assert.Equal(new CrowdResult(expected, 0, 0), await host.Grains.GetGrain<ICrowd>(keys[i]).Result());
        }
    }

    [Fact]
    public async Task A_call_waits_until_the_one_before_has_ended_though_that_one_waits_too()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());
        var gate = Signals.NewName();
        var held = probe.Hold(gate);
        await Signals.Wait(gate + ".in");

        var note = probe.Note("note");

        Assert.Equal("hold", await probe.Begun());
        Assert.False(note.IsCompleted);
        Signals.Set(gate + ".go");
        await Task.WhenAll(held, note);
        Assert.Equal("hold held note", await probe.Begun());
    }

    [Fact]
    public async Task Read_only_calls_interleave_with_read_only_calls_alone()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());
        var (first, second) = (Signals.NewName(), Signals.NewName());
        var reading1 = probe.HoldReading(first);
        await Signals.Wait(first + ".in");
        var reading2 = probe.HoldReading(second);
        await Signals.Wait(second + ".in");

        var write = probe.Note("write");
        Assert.Equal("reading reading", await probe.Begun());

        // In this order, because Orleans lets a write begin when the first reader has ended.
        Signals.Set(second + ".go");
        await reading2;
        Assert.False(write.IsCompleted);
        Signals.Set(first + ".go");
        await Task.WhenAll(reading1, write);
        Assert.Equal("reading reading write", await probe.Begun());
    }

    [Fact]
    public async Task A_read_only_call_waits_for_a_writing_one()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());
        var gate = Signals.NewName();
        var held = probe.Hold(gate);
        await Signals.Wait(gate + ".in");

        var look = probe.Look();
        Assert.Equal("hold", await probe.Begun());
        Signals.Set(gate + ".go");

        await held;
        Assert.Equal("hold held look", await look);
    }

    [Fact]
    public async Task A_reentrant_grain_takes_calls_while_another_waits()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IReentrantProbe>(Signals.NewName());
        var gate = Signals.NewName();
        var held = probe.Hold(gate);
        await Signals.Wait(gate + ".in");

        Assert.Equal("said", await probe.Say());
        Assert.Equal("said", await probe.CallSelf());
        Assert.False(held.IsCompleted);
        Signals.Set(gate + ".go");
        await held;
    }

    [Fact]
    public async Task A_call_to_oneself_waits_for_oneself_until_the_response_timeout()
    {
        await using var host = await CallSemantics.StartImpatient();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());

        await Assert.ThrowsAsync<TimeoutException>(() => probe.CallSelf());
    }

    [Fact]
    public async Task A_circle_of_calls_ends_in_a_response_timeout()
    {
        await using var host = await CallSemantics.StartImpatient();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());

        await Assert.ThrowsAsync<TimeoutException>(() => probe.CallThrough(Signals.NewName(), allow: false));
    }

    [Fact]
    public async Task A_circle_of_calls_is_let_through_where_the_grain_allows_it()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());

        Assert.Equal("reached", await probe.CallSelfAllowed());
        Assert.Equal("reached", await probe.CallThrough(Signals.NewName(), allow: true));
    }

    [Fact]
    public async Task Timer_callbacks_are_turns_that_wait_for_calls()
    {
        await using var host = await TestHost.StartAsync();
        var ticker = host.Grains.GetGrain<ITicker>(Signals.NewName());
        var (plain, eager, gate) = (Signals.NewName(), Signals.NewName(), Signals.NewName());
        var held = ticker.Hold(gate);
        await Signals.Wait(gate + ".in");
        var other = host.Grains.GetGrain<ITicker>(Signals.NewName());
        var started = ticker.Start(plain, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan, interleave: false, keepAlive: false);

        // The other grain's tick shows that timers do fire meanwhile.
        await other.Start(eager, TimeSpan.FromMilliseconds(5), Timeout.InfiniteTimeSpan, interleave: false, keepAlive: false);
        await Signals.Wait(eager + ".tick");
        Assert.Equal(0, await ticker.Ticks());

        Signals.Set(gate + ".go");
        await Task.WhenAll(held, started);
        await Signals.Wait(plain + ".tick");
    }

    [Fact]
    public async Task Interleaving_timer_callbacks_do_not_wait_for_calls()
    {
        await using var host = await TestHost.StartAsync();
        var ticker = host.Grains.GetGrain<ITicker>(Signals.NewName());
        var (name, gate) = (Signals.NewName(), Signals.NewName());
        await ticker.Start(name, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(1), interleave: true, keepAlive: false);
        var held = ticker.Hold(gate);
        await Signals.Wait(gate + ".in");

        await Signals.Wait(name + ".tick");

        Assert.False(held.IsCompleted);
        Signals.Set(gate + ".go");
        await held;
    }
}
