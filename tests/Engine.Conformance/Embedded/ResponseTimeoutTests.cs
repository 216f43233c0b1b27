using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Quartier.Engine.Conformance.Grains;

namespace Quartier.Engine.Conformance.Embedded;

/// <summary>How long callers wait, on the injected clock to the second: the engine looks once a second, or ten times within a shorter wait.</summary>
public sealed class ResponseTimeoutTests
{
    [Fact]
    public void A_call_is_given_up_at_the_time_of_its_own_method()
    {
        using var host = new DeterministicHost();
        var gates = Enumerable.Range(0, 3).Select(_ => Signals.NewName()).ToArray();
        var patient = Probe(host).HangPatiently(gates[0]);
        var usual = Probe(host).Hang(gates[1]);
        var brief = Probe(host).HangBriefly(gates[2]);

        Assert.Equal((false, false, false), After(0.249));
        Assert.Equal((false, false, true), After(0.1));
        Assert.Equal((false, false, true), After(29.6));
        Assert.Equal((false, true, true), After(2));
        Assert.Equal((false, true, true), After(600 - 32));
        Assert.Equal((true, true, true), After(2));
        Assert.All([patient, usual, brief], call => Assert.IsType<TimeoutException>(call.Exception!.InnerException));
        Assert.Contains("00:10:00", patient.Exception!.InnerException!.Message, StringComparison.Ordinal);
        Release(host, gates);

        (bool Patient, bool Usual, bool Brief) After(double seconds)
        {
            host.Driver.Advance(TimeSpan.FromSeconds(seconds));
            return (patient.IsCompleted, usual.IsCompleted, brief.IsCompleted);
        }
    }

    [Fact]
    public void A_call_that_takes_longer_than_the_silos_time_is_answered_within_its_own()
    {
        using var host = new DeterministicHost();
        var gate = Signals.NewName();
        var held = Probe(host).HangPatiently(gate);
        host.Driver.Advance(TimeSpan.FromSeconds(590));
        Assert.False(held.IsCompleted);

        Release(host, gate);

        Assert.True(held.IsCompletedSuccessfully);
        host.Driver.Advance(TimeSpan.FromHours(1));
    }

    [Fact]
    public void A_call_that_is_given_up_in_the_queue_does_not_stop_those_with_more_time()
    {
        using var host = new DeterministicHost();
        var probe = Probe(host);
        var (first, second, third) = (Signals.NewName(), Signals.NewName(), Signals.NewName());
        var calls = new[] { probe.HangPatiently(first), probe.HangBriefly(second), probe.HangPatiently(third) };
        host.Driver.Advance(TimeSpan.FromMinutes(1));

        Release(host, first, third);

        Assert.Equal([TaskStatus.RanToCompletion, TaskStatus.Faulted, TaskStatus.RanToCompletion], calls.Select(call => call.Status));
        Assert.False(HangingProbeGrain.HasBegun(second));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(8, false)]
    public void A_grain_that_takes_long_to_become_active_has_the_time_that_is_set_for_it(int minutes, bool answered)
    {
        using var host = new DeterministicHost(configure: silo =>
            silo.Services.Configure<Orleans.Configuration.GrainCollectionOptions>(options => options.ActivationTimeout = TimeSpan.FromMinutes(minutes)));
        var greeting = host.Grains.GetGrain<ISlowStarter>(Signals.NewName()).Greet();

        host.Driver.Advance(TimeSpan.FromMinutes(8) + TimeSpan.FromSeconds(2));
        Assert.Equal(!answered, greeting.IsFaulted);
        host.Driver.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(answered, greeting.IsCompletedSuccessfully);
    }

    /// <summary>On the pool an idle grain's call begins on its caller's thread: the other way in which callers come to wait.</summary>
    [Fact]
    public async Task A_call_that_began_on_its_callers_thread_has_the_time_of_its_method_too()
    {
        var time = new Deterministic.ManualTimeProvider(DateTimeOffset.UnixEpoch);
        await using var host = await Hosts.TestHost.StartAsync(silo => silo.Services.AddSingleton<TimeProvider>(time));
        var (patient, usual) = (host.Grains.GetGrain<IProbe>(Signals.NewName()), host.Grains.GetGrain<IProbe>(Signals.NewName()));
        var (gate, other) = (Signals.NewName(), Signals.NewName());
        await Task.WhenAll(patient.Who(), usual.Who());
        var (held, given) = (patient.HoldPatiently(gate), usual.Hold(other));
        Assert.True(Signals.IsSet(gate + ".in") && Signals.IsSet(other + ".in"), "The calls did not begin on this thread.");

        time.Advance(TimeSpan.FromSeconds(32));

        await Assert.ThrowsAsync<TimeoutException>(() => given);
        Assert.False(held.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(10));
        await Assert.ThrowsAsync<TimeoutException>(() => held);
        Signals.Set(gate + ".go");
        Signals.Set(other + ".go");
    }

    [Fact]
    public async Task Filters_see_how_long_the_caller_waits()
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, TimeSpan?>(StringComparer.Ordinal);
        await using var host = await Hosts.TestHost.StartAsync(silo => silo.AddOutgoingGrainCallFilter(context =>
        {
            seen[context.MethodName] = context.Request.GetDefaultResponseTimeout();
            return context.Invoke();
        }));
        var (probe, gate) = (host.Grains.GetGrain<IProbe>(Signals.NewName()), Signals.NewName());
        Signals.Set(gate + ".go");

        await probe.HoldPatiently(gate);
        await probe.Hold(gate);

        Assert.Equal(TimeSpan.FromMinutes(10), seen[nameof(IProbe.HoldPatiently)]);
        Assert.Null(seen[nameof(IProbe.Hold)]);
        Assert.Equal(TimeSpan.FromMinutes(10), typeof(IProbe).GetMethod(nameof(IProbe.HoldPatiently))!.GetCustomAttribute<ResponseTimeoutAttribute>()!.Timeout);
    }

    private static IHangingProbe Probe(DeterministicHost host) => host.Grains.GetGrain<IHangingProbe>(Signals.NewName());

    private static void Release(DeterministicHost host, params string[] gates)
    {
        Array.ForEach(gates, HangingProbeGrain.Open);
        host.Driver.RunUntilIdle();
    }
}
