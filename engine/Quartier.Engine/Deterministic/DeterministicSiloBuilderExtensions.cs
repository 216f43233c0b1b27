using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;
using Quartier.Engine.Turns;

namespace Quartier.Engine.Deterministic;

/// <summary>Puts an engine under a driver.</summary>
public static class DeterministicSiloBuilderExtensions
{
    /// <summary>
    /// Runs all turns on the driver's thread, in an order that follows from its seed alone, on the driver's clock.
    /// </summary>
    public static ISiloBuilder UseDeterministicTurns(this ISiloBuilder builder, DeterministicDriver driver)
    {
        ArgumentNullException.ThrowIfNull(driver);
        builder.Services.Replace(ServiceDescriptor.Singleton<TurnScheduler>(driver.Scheduler));
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(driver.Clock));
        return builder;
    }
}
