using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;
using Quartier.Engine.State;
using Quartier.Engine.Turns;

namespace Quartier.Engine.Registration;

/// <summary>What a grain's constructor is given; used by generated code.</summary>
public readonly struct GrainParts
{
    private readonly Activation _activation;

    internal GrainParts(Activation activation) => _activation = activation;

    /// <summary>The activation.</summary>
    public IGrainContext Context => _activation;

    /// <summary>The services of the process.</summary>
    public IServiceProvider Services => _activation.ActivationServices;

    /// <summary>A required service.</summary>
    public T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A required service by key.</summary>
    public T Service<T>(object key)
        where T : notnull => Services.GetRequiredKeyedService<T>(key);

    /// <summary>A service, or null.</summary>
    public T? Optional<T>()
        where T : class => Services.GetService<T>();

    /// <summary>A stored state, to be read before activation.</summary>
    /// <exception cref="OrleansConfigurationException">No storage of that name is registered.</exception>
    public IPersistentState<T> State<T>(string stateName, string? storageName)
    {
        var storage = storageName is null ? Services.GetService<IGrainStorage>() : Services.GetKeyedService<IGrainStorage>(storageName);
        if (storage is null)
        {
            throw new OrleansConfigurationException(
                $"Grain {_activation.GrainId} keeps its state \"{stateName}\" in the storage \"{storageName ?? "Default"}\", which is not registered.");
        }

        var state = new PersistentState<T>(_activation.GrainId, stateName, storage);
        (_activation.Passage.Reads ??= []).Add(state.ReadStateAsync);
        return state;
    }
}
