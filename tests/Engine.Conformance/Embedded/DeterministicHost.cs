using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;
using Quartier.Engine.Deterministic;

namespace Quartier.Engine.Conformance.Embedded;

/// <summary>An engine under a driver: one thread, one seed, one clock.</summary>
internal sealed class DeterministicHost : IDisposable
{
    private readonly IHost _host;

    public DeterministicHost(int seed = 1, IReminderTable? reminders = null, Action<ISiloBuilder>? configure = null)
    {
        Driver = new DeterministicDriver(seed);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans(silo =>
        {
            silo.UseDeterministicTurns(Driver);
            silo.AddMemoryGrainStorageAsDefault();
            silo.AddMemoryGrainStorage("named");
            if (reminders is not null)
            {
                silo.Services.AddSingleton(reminders);
            }

            configure?.Invoke(silo);
        });
        _host = builder.Build();
        Driver.Run(() => _host.StartAsync());
        Grains = _host.Services.GetRequiredService<IGrainFactory>();
    }

    public DeterministicDriver Driver { get; }

    public IGrainFactory Grains { get; }

    public void Dispose()
    {
        Driver.Run(() => _host.StopAsync());
        _host.Dispose();
    }
}
