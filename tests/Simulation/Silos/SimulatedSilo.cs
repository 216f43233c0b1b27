using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Live;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Engine.Deterministic;
using Quartier.Grains;
using Quartier.Silo.Ingest;
using Quartier.Silo.Policies;
using Quartier.Silo.Registry;
using Quartier.Silo.Startup;
using Quartier.Simulation.City;
using Quartier.Storage;
using Quartier.Storage.Simulated;

namespace Quartier.Simulation.Silos;

/// <summary>One life of the silo's process, put together as the program does it, on a simulated disk and clock. To crash it, forget it.</summary>
internal sealed class SimulatedSilo : IDisposable
{
    /// <summary>Simulated seconds after which something that still waits waits in vain: longer than every pause and timeout of the grains.</summary>
    private const int MostSeconds = 300;

    /// <summary>Real time that the thread pool may take for a continuation; only a defect uses it up.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    // Small, so that a week sees rotation, sealing and many frames.
    private static readonly StoreOptions s_options = new()
    {
        Inline = true,
        SegmentBytes = 64 << 10,
        FrameBytes = 1 << 10,
        JournalLimitBytes = 256 << 10,
        UnsealedReadingsLimit = 6_000,
        BlockReadings = 64,
        OpenPartitions = 4,
        HistoryBytes = 64_000,
    };

    private readonly IHost _host;
    private readonly CallWatch _watch;
    private readonly RefusalReporting _refusals;

    private SimulatedSilo(SimulatedDisk disk, int seed, DateTimeOffset now, Trace trace)
    {
        Driver = new DeterministicDriver(seed, now);
        Store = EmbeddedStore.Open(disk, disk, s_options, Driver.Clock);
        _watch = new CallWatch(trace);
        _host = Build();
        Grains = _host.Services.GetRequiredService<IGrainFactory>();
        Ingest = _host.Services.GetRequiredService<GatewayIngest>();
        _refusals = new RefusalReporting(
            _host.Services.GetRequiredService<RefusalCollector>(), Grains, Driver.Clock, NullLogger<RefusalReporting>.Instance);
    }

    public DeterministicDriver Driver { get; }

    public EmbeddedStore Store { get; }

    public IGrainFactory Grains { get; }

    public GatewayIngest Ingest { get; }

    public DateTimeOffset Now => Driver.Clock.GetUtcNow();

    /// <summary>Starts the process: store, registry, engine, and every grain awake.</summary>
    public static async Task<SimulatedSilo> StartAsync(SimulatedDisk disk, int seed, DateTimeOffset now, Trace trace)
    {
        var silo = new SimulatedSilo(disk, seed, now, trace);
        var registry = silo._host.Services.GetRequiredService<IRegistry>();
        await new RegistryLoader(silo.Store.Registry, registry, NullLogger<RegistryLoader>.Instance).LoadAsync(default);
        var policies = silo._host.Services.GetRequiredService<IPolicies>();
        await new PolicyLoader(silo.Store.Policies, registry, policies, silo.Driver.Clock, NullLogger<PolicyLoader>.Instance).LoadAsync(default);
        await silo.RunAsync(silo._host.StartAsync());
        var applied = await silo.RunAsync(silo.Grains.GetGrain<ICityGrain>(SmallCity.Id).Apply(SmallCity.Yaml, dryRun: false));
        Assert.True(applied.Problems.IsEmpty, string.Join('\n', applied.Problems));
        await silo.ApplyPolicyAsync();
        var awakening = new Awakening(registry, silo.Grains, silo.Driver.Clock, NullLogger<Awakening>.Instance);
        await silo.RunAsync(awakening.RunAsync(default));
        Assert.Equal(SmallCity.Sensors.Length, awakening.Sensors);
        return silo;
    }

    /// <summary>Brings the city's policy into force; later starts find it there.</summary>
    private async Task ApplyPolicyAsync()
    {
        var grain = Grains.GetGrain<IPolicyGrain>(SmallCity.Id);
        var proposed = await RunAsync(grain.Propose(SmallCity.Policy, "person:anna", 0));
        Assert.True(proposed.Problems.IsEmpty, string.Join('\n', proposed.Problems));
        if (proposed.Version!.Standing == PolicyStanding.Proposed)
        {
            await RunAsync(grain.Approve(null, proposed.Version.Version, "person:bert"));
        }

        Assert.Equal(SmallCity.Districts.Length, _host.Services.GetRequiredService<IPolicies>().Find(SmallCity.Id)?.Districts.Count);
    }

    /// <summary>Runs turns and disk until the task has completed. Time stands still.</summary>
    public async Task RunAsync(Task task)
    {
        Work();
        await Finished(task);
        await task;
    }

    /// <summary>As <see cref="RunAsync(Task)"/>, with a result.</summary>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        await RunAsync((Task)task);
        return await task;
    }

    /// <summary>Lets the process do all that it can do now; false when the disk refuses.</summary>
    public bool Work()
    {
        bool isFlushed;
        long before;
        do
        {
            before = Driver.Turns;
            Driver.RunUntilIdle();
            isFlushed = Store.Pump();
            Driver.RunUntilIdle();
        }
        while (Driver.Turns != before);
        return isFlushed;
    }

    /// <summary>Goes on until no call is under way and all is on the disk; time passes only when something waits for it.</summary>
    public void Settle()
    {
        for (var second = 0; !Work() || _watch.Running > 0; second++)
        {
            Assert.True(second < MostSeconds, $"{_watch.Running} grain calls still run after {second} s; {Store.Readings.Health.Problem}");
            Driver.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Waits for continuations on the thread pool; nothing that the grains or the disk do is outstanding.</summary>
    public static Task Finished(Task task) => Task.WhenAny(task).WaitAsync(s_patience);

    /// <summary>Reports what the endpoint refused, as the silo does every second.</summary>
    public Task ReportRefusalsAsync() => RunAsync(_refusals.ReportAsync());

    /// <summary>Stops the process as an operator does.</summary>
    public async Task StopAsync()
    {
        await ReportRefusalsAsync();
        var stopping = _host.StopAsync();
        while (!stopping.IsCompleted)
        {
            Work();
            await Task.Yield();
        }

        await stopping;
        Store.Dispose();
    }

    /// <summary>Forgets what is left of the process; nothing of it reaches the disk any more.</summary>
    public void Dispose()
    {
        _refusals.Dispose();
        _host.Dispose();
    }

    private IHost Build()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans(silo =>
        {
            silo.UseDeterministicTurns(Driver);
            silo.Services.AddGrainStorage(EmbeddedStoreRegistration.GrainStateStore, (_, _) => Store.GrainStates);
            silo.AddIncomingGrainCallFilter(_watch);
        });
        var services = builder.Services;
        services.AddSingleton(Store.Readings).AddSingleton(Store.Alerts).AddSingleton(Store.Registry).AddSingleton(Store.Policies).AddSingleton(Store.Ledger);
        services.AddSingleton<IPolicies, InMemoryPolicies>();
        services.AddSingleton<IRegistry, InMemoryRegistry>().AddSingleton<ILiveFeed, NobodyWatches>();
        services.AddQuartierGrains();
        services.AddSingleton<RefusalCollector>().AddSingleton<GatewayIngest>();
        return builder.Build();
    }
}
