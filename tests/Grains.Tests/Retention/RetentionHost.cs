using Grains.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime.Hosting;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Live;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Retention;
using Quartier.Contracts.Sensors;
using Quartier.Engine.Deterministic;
using Quartier.Grains;
using Quartier.Storage;

namespace Grains.Tests.Retention;

/// <summary>A town's grains on the real engine over the real store in a directory, with a clock that moves when told and calls that fail when told.</summary>
internal sealed class RetentionHost : IDisposable
{
    private static readonly StoreOptions Options = new() { Inline = true, SegmentBytes = 64 << 10, FrameBytes = 8 << 10 };

    private IHost _host = null!;

    public RetentionHost(CityDefinition city, FixedPolicies? policies = null, string? directory = null)
    {
        Directory = directory ?? System.IO.Directory.CreateTempSubdirectory("quartier-retention-").FullName;
        Policies = policies ?? new();
        Registry.Publish(new(city, 1));
        Driver = new(1);
        Start();
    }

    public string Directory { get; }

    public DeterministicDriver Driver { get; private set; }

    public EmbeddedStore Store { get; private set; } = null!;

    public MemoryRegistry Registry { get; } = new();

    public FixedPolicies Policies { get; }

    public Tripwire Tripwire { get; } = new();

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public long NowMs => Driver.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public IRetentionGrain Retention => Grains.GetGrain<IRetentionGrain>(IRetentionGrain.Key);

    public IReadOnlyList<StoredCertificate> Certificates => [.. Wait(Store.Certificates.ListAsync(null, null, 1_000, default))];

    public IReadOnlyList<IndexedEntry> Entries => [.. Wait(Store.LedgerReader.RangeAsync("town", 0, 1_000)).Entries];

    /// <summary>The store answers on threads of its own; the driver's turns stand still meanwhile.</summary>
    public static T Wait<T>(ValueTask<T> task)
    {
        using var done = new ManualResetEventSlim();
        var (result, failure) = (default(T), default(Exception));
        _ = CompleteAsync();
        done.Wait();
        return failure is null ? result! : throw failure;

        async Task CompleteAsync()
        {
            try
            {
                result = await task.ConfigureAwait(false);
            }
            catch (Exception error)
            {
                failure = error;
            }
            finally
            {
                done.Set();
            }
        }
    }

    public T Run<T>(Func<Task<T>> call) => Driver.Run(call);

    public void Ingest(string sensor, params Sample[] samples)
    {
        var receipt = Run(() => Grains.GetGrain<ISensorGrain>($"town/{sensor}").Ingest(new(1, NowMs, [.. samples])));
        Assert.Empty(receipt.Refused);
        Pump();
    }

    public void Annotate(string sensor, Sample sample, Annotation annotation)
    {
        var receipt = Run(() => Grains.GetGrain<ISensorGrain>($"town/{sensor}").Ingest(new(1, NowMs, [sample], [new(0, annotation)])));
        Assert.Empty(receipt.Refused);
        Pump();
    }

    /// <summary>Brings everything to the disk.</summary>
    public void Pump()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.True(Store.Pump());
            Driver.RunUntilIdle();
        }
    }

    /// <summary>Ends in order, keeping what is kept in order, and starts again.</summary>
    public void Restart()
    {
        Driver.Run(() => _host.StopAsync());
        StartAgain();
    }

    /// <summary>The process is gone from one moment to the next.</summary>
    public void Crash() => StartAgain();

    public RetentionStatus RunRetention() => Run(() => Retention.Run("person:dora"));

    public IReadOnlyList<Reading> Range(string sensor, string property = "v") =>
        Wait(Store.Readings.RangeAsync(Number(sensor, property), 0, long.MaxValue / 2, 10_000, default));

    public IReadOnlyList<AggregateRow> Hours(string sensor, string property = "v") =>
        Wait(Store.Readings.AggregateAsync(Number(sensor, property), 0, Town.T0 * 2, Town.Hour, 0, default));

    public void Dispose()
    {
        _host.Dispose();
        Store.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private int Number(string sensor, string property)
    {
        var name = sensor.Split('/');
        var datastream = Registry.Find("town")!.Sensor(name[0], name[1])!.Datastreams.First(d => d.Property == property);
        return Store.Readings.Register(new($"town/{sensor}", property), TimeSpan.FromDays(datastream.RetentionDays));
    }

    private void StartAgain()
    {
        Tripwire.Disarm();
        _host.Dispose();
        Store.Dispose();
        Driver = new(1, Driver.Clock.GetUtcNow());
        Start();
        var city = Registry.Find("town")!.City;
        city.Sensors.ToList().ForEach(s => Driver.Run(() => Grains.GetGrain<ISensorGrain>($"town/{s.Gateway}/{s.Id}").Refresh()));
        Driver.RunUntilIdle();
    }

    private void Start()
    {
        Store = EmbeddedStore.Open(Directory, Options, Driver.Clock);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans(silo =>
        {
            silo.UseDeterministicTurns(Driver);
            silo.Services.AddGrainStorage("city", (_, _) => Tripwire.Around(Store.GrainStates));
            silo.Services.AddSingleton<IReadingStore>(new TrippedReadings(Store.Readings, Tripwire)).AddSingleton(Tripwire.Around(Store.Retention))
                .AddSingleton(Tripwire.Around(Store.Certificates)).AddSingleton(Tripwire.Around(Store.Ledger)).AddSingleton(Store.LedgerReader)
                .AddSingleton(Tripwire.Around(Store.Publications))
                .AddSingleton(Tripwire.Around(Store.Alerts)).AddSingleton<ILiveFeed>(new RecordingFeed()).AddSingleton<IPolicies>(Policies)
                .AddSingleton<IRegistry>(Registry).AddSingleton<IRegistryStore>(Registry).AddQuartierGrains();
        });
        _host = builder.Build();
        Driver.Run(() => _host.StartAsync());
        Driver.Run(() => Retention.Wake());
    }
}
