using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Quartier.Benchmarks.Engine;

/// <summary>Calls a second and bytes for each idle activation. Verified by the counters in the grains.</summary>
internal static class EngineBench
{
    private static readonly int[] CallerCounts = [1, 64, 1024];

    public static Command Command()
    {
        var grains = new Option<int>("--grains") { Description = "How many grains are called.", DefaultValueFactory = _ => 10_000 };
        var seconds = new Option<double>("--seconds") { Description = "How long each row runs.", DefaultValueFactory = _ => 2 };
        var idle = new Option<int>("--idle") { Description = "How many idle activations are weighed.", DefaultValueFactory = _ => 200_000 };
        var command = new Command("engine", "Grain calls a second and bytes for each idle activation.") { grains, seconds, idle };
        command.SetAction((parsed, cancellation) =>
            Run(parsed.GetValue(grains), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(idle), cancellation));
        return command;
    }

    private static async Task<int> Run(int grainCount, TimeSpan duration, int idleCount, CancellationToken cancellation)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(_ => { });
        using var host = builder.Build();
        await host.StartAsync(cancellation);
        var factory = host.Services.GetRequiredService<IGrainFactory>();

        var bytes = await Weigh(factory, idleCount);
        var grains = await Activate(factory, grainCount);
        Console.WriteLine($"{grainCount:N0} grains, {Environment.ProcessorCount} cores, {duration.TotalSeconds:N1} s each row");
        Console.WriteLine("callers | awaited calls/s | one-way calls/s");
        var isTrue = true;
        var (awaitedBest, oneWayBest) = (0d, 0d);
        foreach (var callers in CallerCounts)
        {
            var awaited = await Measure(grains, callers, duration, static (grain, _) => grain.Add(1));
            var oneWay = await Measure(grains, callers, duration, static (grain, _) => grain.Tell(1));
            isTrue &= awaited.IsVerified && oneWay.IsVerified;
            awaitedBest = Math.Max(awaitedBest, awaited.PerSecond);
            oneWayBest = Math.Max(oneWayBest, oneWay.PerSecond);
            Console.WriteLine($"{callers,7} | {awaited.PerSecond,15:N0} | {oneWay.PerSecond,15:N0}");
        }

        Console.WriteLine($"idle activation beyond its grain object: {bytes:N0} bytes (key string included)");
        Console.WriteLine(isTrue ? "every call was counted by its grain" : "CALLS WERE LOST OR INVENTED");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"awaited_calls_per_second":{{awaitedBest:F0}},"one_way_calls_per_second":{{oneWayBest:F0}},"bytes_per_activation":{{bytes:F0}}}"""));
        await host.StopAsync(cancellation);
        return isTrue ? 0 : 1;
    }

    private static async Task<double> Weigh(IGrainFactory factory, int count)
    {
        await factory.GetGrain<ICounterGrain>("warm").Add(1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < count; i++)
        {
            await factory.GetGrain<ICounterGrain>(string.Create(CultureInfo.InvariantCulture, $"idle-{i}")).Add(1);
        }

        var all = GC.GetTotalMemory(forceFullCollection: true) - before;

        // The grain object itself: header, method table, context and counter.
        const int GrainBytes = 32;
        return ((double)all / count) - GrainBytes;
    }

    private static async Task<ICounterGrain[]> Activate(IGrainFactory factory, int count)
    {
        var grains = new ICounterGrain[count];
        for (var i = 0; i < count; i++)
        {
            grains[i] = factory.GetGrain<ICounterGrain>(string.Create(CultureInfo.InvariantCulture, $"grain-{i}"));
            await grains[i].Read();
        }

        return grains;
    }

    private static async Task<(double PerSecond, bool IsVerified)> Measure(
        ICounterGrain[] grains, int callers, TimeSpan duration, Func<ICounterGrain, int, Task> call)
    {
        var before = await Count(grains);
        var clock = Stopwatch.StartNew();
        var sent = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallUntil(grains, caller, clock, duration, call))));
        var elapsed = clock.Elapsed;
        var expected = sent.Sum();

        // One-way calls may still run; a wrong count in the end is a failure.
        var executed = await Count(grains) - before;
        for (var look = 0; executed < expected && look < 1000; look++)
        {
            await Task.Yield();
            executed = await Count(grains) - before;
        }

        return (expected / elapsed.TotalSeconds, executed == expected);
    }

    private static async Task<long> CallUntil(
        ICounterGrain[] grains, int caller, Stopwatch clock, TimeSpan duration, Func<ICounterGrain, int, Task> call)
    {
        // Looking at the clock each time would be a good part of what is measured.
        const int CallsBetweenLooks = 64;
        var random = new Random(caller);
        long sent = 0;
        while (clock.Elapsed < duration)
        {
            for (var i = 0; i < CallsBetweenLooks; i++)
            {
                await call(grains[random.Next(grains.Length)], i);
            }

            sent += CallsBetweenLooks;

            // Callers take turns as real ones do, who wait for their sockets.
            await Task.Yield();
        }

        return sent;
    }

    private static async Task<long> Count(ICounterGrain[] grains)
    {
        long sum = 0;
        foreach (var grain in grains)
        {
            sum += await grain.Read();
        }

        return sum;
    }
}
