using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Timers;
using Quartier.Engine;
using Quartier.Engine.Hosting;
using Quartier.Engine.Reminders;
using Quartier.Engine.Timers;
using Quartier.Engine.Turns;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds the embedded engine to a process, under the names that Orleans uses.</summary>
public static class OrleansSiloGenericHostExtensions
{
    /// <summary>Adds the engine to the application.</summary>
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(hostAppBuilder);
        Add(hostAppBuilder.Services, hostAppBuilder.Configuration, configureDelegate);
        return hostAppBuilder;
    }

    /// <summary>Adds the engine to the application.</summary>
    public static HostApplicationBuilder UseOrleans(this HostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(hostAppBuilder);
        Add(hostAppBuilder.Services, hostAppBuilder.Configuration, configureDelegate);
        return hostAppBuilder;
    }

    /// <summary>Adds the engine to the application.</summary>
    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(hostBuilder);
        return hostBuilder.ConfigureServices((context, services) => Add(services, context.Configuration, configureDelegate));
    }

    /// <summary>Adds the engine to the services.</summary>
    public static IServiceCollection AddOrleans(this IServiceCollection services, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(services);
        Add(services, new ConfigurationBuilder().Build(), configureDelegate);
        return services;
    }

    private static void Add(IServiceCollection services, IConfiguration configuration, Action<ISiloBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TurnScheduler, PooledTurnScheduler>();
        services.TryAddSingleton<GrainEngine>();
        services.TryAddSingleton<IGrainFactory, GrainReferences>();
        services.TryAddSingleton<IGrainContextAccessor, ActivationAccessor>();
        services.TryAddSingleton<ITimerRegistry, TimerRegistry>();
        services.TryAddSingleton<ReminderClock>();
        services.TryAddSingleton<IReminderRegistry>(static provider => provider.GetRequiredService<ReminderClock>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EngineHost>());
        configure(new EmbeddedSiloBuilder(services, configuration));
    }
}
