using Grains.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Live;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Principals;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;
using Quartier.Engine.Deterministic;
using Quartier.Grains;
using Quartier.Silo.Policies;
using Quartier.Silo.Startup;

namespace Grains.Tests;

/// <summary>A town's grains on the real engine, under a driver, over ports in memory that outlive a restart.</summary>
internal sealed class CityHost : IDisposable
{
    private readonly int _seed;
    private IHost _host;

    public CityHost(CityDefinition? city = null, int seed = 1, MemoryReadingStore? store = null)
        : this(city, TownPolicy.Open, seed, store)
    {
    }

    /// <param name="city">What is registered at the start.</param>
    /// <param name="policy">The city's policy that is in force at the start; null for quarantine.</param>
    public CityHost(CityDefinition? city, string? policy, int seed = 1, MemoryReadingStore? store = null)
    {
        _seed = seed;
        Store = store ?? new();
        if (city is not null)
        {
            Registry.Publish(new(city, 1));
        }

        if (policy is not null)
        {
            var saved = Policies.SaveAsync(new("town", null, 1, policy, PolicyState.Approved, 0, "person:anna", 0, "person:bert", 0), default);
            Assert.True(saved.IsCompletedSuccessfully, "The store in memory saves at once.");
        }

        Driver = new(seed);
        _host = Start();
    }

    public DeterministicDriver Driver { get; private set; }

    public MemoryReadingStore Store { get; }

    public MemoryAlertStore Alerts { get; } = new();

    public MemoryRegistry Registry { get; } = new();

    public MemoryPolicyStore Policies { get; } = new();

    public MemoryAccountChanges AccountChanges { get; } = new();

    public MemoryLedger Ledger { get; } = new();

    /// <summary>What is in force.</summary>
    public IPolicies InForce => _host.Services.GetRequiredService<IPolicies>();

    public RecordingFeed Feed { get; } = new();

    public KeptGrainStates States { get; } = new();

    /// <summary>Sees every call that leaves a caller once the grains start again, before it goes on; null for nobody.</summary>
    public Func<IOutgoingGrainCallContext, Task>? Calling { get; set; }

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public long NowMs => Driver.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public IDistrictGrain District(string id = "mitte") => Grains.GetGrain<IDistrictGrain>($"town/{id}");

    public ISensorGrain Sensor(string name = "g/s") => Grains.GetGrain<ISensorGrain>($"town/{name}");

    public IAssetGrain Asset(string id) => Grains.GetGrain<IAssetGrain>($"town/{id}");

    public ICityGrain City(string id = "town") => Grains.GetGrain<ICityGrain>(id);

    public IPolicyGrain Policy(string id = "town") => Grains.GetGrain<IPolicyGrain>(id);

    public T Run<T>(Func<Task<T>> call) => Driver.Run(call);

    public void Run(Func<Task> call) => Driver.Run(call);

    /// <summary>Hands samples to a sensor as the endpoint would.</summary>
    public IngestReceipt Ingest(params Sample[] samples) => Ingest("g/s", samples);

    public IngestReceipt Ingest(string sensor, params Sample[] samples)
    {
        var receipt = Run(() => Sensor(sensor).Ingest(Batch(samples)));
        Driver.RunUntilIdle();
        return receipt;
    }

    public SampleBatch Batch(params Sample[] samples) => new(Registry.Find("town")?.Version ?? 0, NowMs, [.. samples]);

    public DatastreamState State(int datastream = 0, string sensor = "g/s") => Run(() => Sensor(sensor).GetState()).Datastreams[datastream];

    public SensorBooks Books(string sensor = "g/s") => Run(() => Sensor(sensor).GetBooks());

    /// <summary>Alerts as they are recorded, in short.</summary>
    public IReadOnlyList<(string Subject, AlertState State, long StartMs, long RaisedMs, long? ResolvedMs)> Recorded(Func<Alert, bool>? of = null) =>
        [.. Alerts.All.Where(of ?? (_ => true)).Select(a => (a.Subject, a.State, a.StartMs, a.RaisedMs, a.ResolvedMs))];

    public void Advance(TimeSpan span) => Driver.Advance(span);

    /// <summary>Ends in order and starts again.</summary>
    /// <param name="down">How long the program stands still.</param>
    public void Restart(TimeSpan down = default)
    {
        Driver.Run(() => _host.StopAsync());
        _host.Dispose();
        StartAgain(awaken: true, down);
    }

    /// <summary>The process is gone from one moment to the next: nothing is saved, nothing is called any more.</summary>
    public void Crash(bool awaken = true, TimeSpan down = default) => StartAgain(awaken, down);

    /// <summary>Wakes everything that is registered, as the silo does after its start.</summary>
    public void Awaken()
    {
        var city = Registry.Find("town")!.City;
        Run(() => Policy().Refresh());
        city.Districts.ToList().ForEach(d => Run(() => District(d.Id).Refresh()));
        city.Assets.ToList().ForEach(a => Run(() => Asset(a.Id).Refresh()));
        city.Sensors.ToList().ForEach(s => Run(() => Sensor($"{s.Gateway}/{s.Id}").Refresh()));
        Driver.RunUntilIdle();
    }

    public void Dispose() => _host.Dispose();

    private void StartAgain(bool awaken, TimeSpan down)
    {
        Driver = new(_seed, Driver.Clock.GetUtcNow() + down);
        _host = Start();
        if (awaken)
        {
            Awaken();
        }
    }

    private IHost Start()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans(silo =>
        {
            silo.UseDeterministicTurns(Driver);
            silo.Services.AddGrainStorage("city", (_, _) => States);
            silo.Services.AddSingleton<IReadingStore>(Store).AddSingleton<IAlertStore>(Alerts).AddSingleton<ILiveFeed>(Feed);
            silo.Services.AddSingleton<IRegistry>(Registry).AddSingleton<IRegistryStore>(Registry).AddQuartierGrains();
            silo.Services.AddSingleton<IPolicyStore>(Policies).AddSingleton<IPolicies, InMemoryPolicies>().AddSingleton<ILedger>(Ledger)
                .AddSingleton<IAccountChanges>(AccountChanges);
            if (Calling is { } calling)
            {
                silo.AddOutgoingGrainCallFilter(async context =>
                {
                    await calling(context);
                    await context.Invoke();
                });
            }
        });
        var host = builder.Build();
        var services = host.Services;
        Driver.Run(() => new PolicyLoader(Policies, Registry, services.GetRequiredService<IPolicies>(), Driver.Clock, NullLogger<PolicyLoader>.Instance)
            .LoadAsync(default));
        Driver.Run(() => host.StartAsync());
        return host;
    }
}
