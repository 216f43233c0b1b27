using Microsoft.Extensions.DependencyInjection;
using Quartier.Grains.Assets;
using Quartier.Grains.Policies;
using Quartier.Grains.Sensors;

namespace Quartier.Grains;

/// <summary>What the grains need beyond the ports.</summary>
public static class GrainRegistration
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddQuartierGrains(this IServiceCollection services) =>
        services
            .AddSingleton<SharedRules>().AddSingleton<SharedTerms>().AddSingleton<CompiledPolicies>()
            .AddSingleton<SensorPorts>().AddSingleton<AssetPorts>().AddSingleton<PolicyPorts>();
}
