using Quartier.Engine.Conformance.Grains;
using Quartier.Engine.Conformance.Hosts;

namespace Quartier.Engine.Conformance.Embedded;

/// <summary>Running a turn on its caller's thread is only a shortcut: nothing else may be seen of it.</summary>
public sealed class InlineTests
{
    [Fact]
    public async Task A_call_to_an_idle_grain_has_ended_when_it_returns()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IInlineProbe>(Signals.NewName());

        Assert.True(probe.Thread().IsCompletedSuccessfully);
        Assert.Equal(Environment.CurrentManagedThreadId, await probe.Thread());
    }

    [Fact]
    public async Task A_call_to_a_grain_in_the_middle_of_a_turn_returns_at_once_and_runs_elsewhere()
    {
        await using var host = await TestHost.StartAsync();
        var key = Signals.NewName();
        var probe = host.Grains.GetGrain<IInlineProbe>(key);
        await probe.Thread();
        using var inTurn = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        InlineProbeGrain.Blocks[key] = (inTurn, goOn);
        var blocked = Task.Run(() => probe.Block());
        Assert.True(inTurn.Wait(TimeSpan.FromSeconds(60)));

        var second = probe.Thread();

        Assert.False(second.IsCompleted);
        goOn.Set();
        await blocked;
        await second;
    }

    [Fact]
    public async Task The_callers_context_is_untouched_by_a_turn()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IInlineProbe>(Signals.NewName());
        await probe.Thread();
        Task<bool> later;
        var before = SynchronizationContext.Current;
        var mine = new SynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(mine);
        try
        {
            later = probe.Later();
            Assert.Same(mine, SynchronizationContext.Current);
            var failing = probe.Fail();
            Assert.Same(mine, SynchronizationContext.Current);
            Assert.True(failing.IsFaulted || !failing.IsCompleted);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.True(await later);
    }

    [Fact]
    public async Task What_follows_an_await_in_a_grain_is_a_turn_of_that_grain()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IInlineProbe>(Signals.NewName());

        Assert.True(await probe.Later());
    }

    [Fact]
    public async Task A_long_chain_of_calls_does_not_grow_the_stack_beyond_the_limit()
    {
        await using var host = await TestHost.StartAsync();
        var key = Signals.NewName();

        var deepest = await host.Grains.GetGrain<IInlineProbe>(key + "-0").Descend(key, 500);

        Assert.Equal(Quartier.Engine.Turns.InlineDepth.Limit, deepest);
        Assert.Equal(0, Quartier.Engine.Turns.InlineDepth.Current);
    }
}
