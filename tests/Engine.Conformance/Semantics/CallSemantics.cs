using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Quartier.Engine.Conformance.Grains;
using Quartier.Engine.Conformance.Hosts;

namespace Quartier.Engine.Conformance.Semantics;

/// <summary>What a caller can rely on, whichever engine runs.</summary>
public sealed class CallSemantics
{
    [Fact]
    public async Task Exceptions_reach_the_caller_with_type_and_message()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());

        var later = await Assert.ThrowsAsync<InvalidOperationException>(() => probe.FailLater("late trouble"));
        var atOnce = await Assert.ThrowsAsync<ArgumentException>(() => probe.FailAtOnce("early trouble"));

        Assert.Equal("late trouble", later.Message);
        Assert.Equal("early trouble", atOnce.Message);
        await probe.Note("still works");
    }

    [Fact]
    public async Task A_method_that_throws_before_its_first_await_gives_a_failed_task_and_does_not_throw_itself()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());
        await probe.Who();

        var call = probe.FailAtOnce("trouble");

        await Assert.ThrowsAsync<ArgumentException>(() => call);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Value_tasks_carry_results(bool later)
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());

        await probe.Touch();

        Assert.Equal(42, await probe.Double(21, later));
        Assert.Equal("touch", await probe.Begun());
    }

    [Fact]
    public async Task One_way_calls_run_and_their_failures_stay_unheard()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());
        var (good, bad) = (Signals.NewName(), Signals.NewName());

        await probe.Tell(good);
        await probe.TellBadly(bad);

        await Signals.Wait(good);
        await Signals.Wait(bad);
        await probe.Note("still works");
    }

    [Fact]
    public async Task One_way_calls_do_not_wait_for_a_busy_grain()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());
        var (gate, told) = (Signals.NewName(), Signals.NewName());
        var held = probe.Hold(gate);
        await Signals.Wait(gate + ".in");

        await probe.Tell(told);

        Assert.False(Signals.IsSet(told));
        Signals.Set(gate + ".go");
        await held;
        await Signals.Wait(told);
    }

    [Fact]
    public async Task Calls_of_one_caller_begin_in_their_order()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());
        var gate = Signals.NewName();
        var held = probe.Hold(gate);
        await Signals.Wait(gate + ".in");
        var notes = Enumerable.Range(0, 20).Select(i => probe.Note($"n{i}")).ToArray();

        Signals.Set(gate + ".go");
        await held;
        await Task.WhenAll(notes);

        Assert.Equal("hold held " + string.Join(" ", Enumerable.Range(0, 20).Select(i => $"n{i}")), await probe.Begun());
    }

    [Fact]
    public async Task Request_context_travels_with_calls_and_not_back()
    {
        await using var host = await TestHost.StartAsync();
        var (first, second) = (Signals.NewName(), Signals.NewName());
        var probe = host.Grains.GetGrain<IContextProbe>(first);
        RequestContext.Set("purpose", "test");
        try
        {
            Assert.Equal("test", await probe.Read("purpose", ""));
            Assert.Equal("test", await probe.Read("purpose", second));
            await probe.Overwrite("purpose", "other");
            Assert.Equal("test", RequestContext.Get("purpose"));
            Assert.Equal("test", await probe.Read("purpose", ""));
        }
        finally
        {
            RequestContext.Clear();
        }

        Assert.Null(await probe.Read("purpose", second));
    }

    [Fact]
    public async Task A_cancelled_token_is_seen_by_the_running_call()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());
        var name = Signals.NewName();
        using var cancellation = new CancellationTokenSource();
        var call = probe.Wait(name, cancellation.Token);
        await Signals.Wait(name + ".in");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task A_call_cancelled_while_it_waits_is_never_begun()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());
        var (gate, name) = (Signals.NewName(), Signals.NewName());
        var held = probe.Hold(gate);
        await Signals.Wait(gate + ".in");
        using var cancellation = new CancellationTokenSource();
        var call = probe.Wait(name, cancellation.Token);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Signals.Set(gate + ".go");
        await held;
        await probe.Note("after");

        Assert.False(Signals.IsSet(name + ".in"));
    }

    [Fact]
    public async Task A_call_with_a_cancelled_token_does_not_reach_the_grain()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());
        var name = Signals.NewName();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe.Wait(name, new CancellationToken(canceled: true)));

        Assert.False(Signals.IsSet(name + ".in"));
    }

    [Fact]
    public async Task A_caller_does_not_wait_longer_than_the_response_timeout()
    {
        await using var host = await StartImpatient();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());
        var gate = Signals.NewName();
        _ = probe.CallSelf();

        await Assert.ThrowsAsync<TimeoutException>(() => probe.Hold(gate));

        // The call to itself times out first, so this one may have begun; let it end.
        Signals.Set(gate + ".go");
    }

    [Fact]
    public async Task A_method_with_a_longer_time_of_its_own_is_answered_after_the_silos_time_has_passed()
    {
        await using var host = await StartImpatient();
        var (patient, usual) = (host.Grains.GetGrain<IProbe>(Signals.NewName()), host.Grains.GetGrain<IProbe>(Signals.NewName()));
        var (gate, witness) = (Signals.NewName(), Signals.NewName());
        var held = patient.HoldPatiently(gate);
        await Signals.Wait(gate + ".in");

        // Called later on the silo's time, and given up earlier.
        await Assert.ThrowsAsync<TimeoutException>(() => usual.Hold(witness));

        Assert.False(held.IsCompleted);
        Signals.Set(gate + ".go");
        await held;
        Signals.Set(witness + ".go");
    }

    [Fact]
    public async Task A_method_with_a_shorter_time_of_its_own_is_given_up_then()
    {
        await using var host = await TestHost.StartAsync();
        var probe = host.Grains.GetGrain<IProbe>(Signals.NewName());
        var (gate, other) = (Signals.NewName(), Signals.NewName());
        var held = probe.HoldPatiently(gate);
        await Signals.Wait(gate + ".in");

        await Assert.ThrowsAsync<TimeoutException>(() => probe.HoldBriefly(other));

        // Given up while it waited for its turn: it never begins.
        Signals.Set(gate + ".go");
        await held;
        await probe.Note("after");
        Assert.False(Signals.IsSet(other + ".in"));
    }

    [Fact]
    public async Task Keys_come_back_as_they_were_given()
    {
        await using var host = await TestHost.StartAsync();
        var guid = Guid.NewGuid();

        Assert.Equal(-7, await host.Grains.GetGrain<IKeyedByInteger>(-7).Key());
        Assert.Equal(long.MaxValue, await host.Grains.GetGrain<IKeyedByInteger>(long.MaxValue).Key());
        Assert.Equal(guid, await host.Grains.GetGrain<IKeyedByGuid>(guid).Key());
        Assert.Equal("12:left/right+x", await host.Grains.GetGrain<IKeyedTwice>(12, "left/right+x").Key());
        Assert.Equal("a/b ü", host.Grains.GetGrain<IProbe>("a/b ü").GetPrimaryKeyString());
    }

    [Fact]
    public async Task References_are_equal_when_they_name_the_same_grain()
    {
        await using var host = await TestHost.StartAsync();
        var key = Signals.NewName();
        var probe = host.Grains.GetGrain<IProbe>(key);

        Assert.Equal(probe, host.Grains.GetGrain<IProbe>(key));
        Assert.NotEqual(probe, host.Grains.GetGrain<IProbe>(key + "x"));
        Assert.Equal($"probe/{key}", probe.GetGrainId().ToString());
        Assert.Equal(await probe.Who(), await host.Grains.GetGrain<IProbe>(probe.GetGrainId()).Who());
    }

    [Fact]
    public async Task Filters_see_calls_on_both_sides_and_may_change_results()
    {
        var seen = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var host = await TestHost.StartAsync(silo =>
        {
            silo.AddIncomingGrainCallFilter(async context =>
            {
                await context.Invoke();
                if (string.Equals(context.MethodName, nameof(IFiltered.Add), StringComparison.Ordinal))
                {
                    seen.Enqueue($"{context.TargetId.Type} {context.Request.GetArgument(0)}+{context.Request.GetArgument(1)}={context.Result}");
                    context.Result = (int)context.Result! * 10;
                }
            });
        });
        var grain = host.Grains.GetGrain<IFiltered>(Signals.NewName());

        Assert.Equal(30, await grain.Add(1, 2));
        Assert.Equal("Add;Seen;", await grain.Seen());
        Assert.Equal("filtered 1+2=3", Assert.Single(seen));
    }

    [Fact]
    public async Task A_filter_may_refuse_a_call()
    {
        await using var host = await TestHost.StartAsync(silo => silo.AddIncomingGrainCallFilter(context =>
            string.Equals(context.MethodName, nameof(IFiltered.Add), StringComparison.Ordinal)
                ? throw new UnauthorizedAccessException("no grant")
                : context.Invoke()));
        var grain = host.Grains.GetGrain<IFiltered>(Signals.NewName());

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => grain.Add(1, 2));
        Assert.Equal("Seen;", await grain.Seen());
    }

    internal static Task<TestHost> StartImpatient() =>
        TestHost.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(500)));
}
