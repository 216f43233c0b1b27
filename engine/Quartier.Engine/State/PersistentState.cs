using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Quartier.Engine.State;

/// <summary>A grain's state between its grain and its storage.</summary>
internal sealed class PersistentState<T>(GrainId grainId, string name, IGrainStorage storage) : IPersistentState<T>
{
    private static readonly bool CanBeMade = typeof(T).IsValueType || typeof(T).GetConstructor(Type.EmptyTypes) is not null;
    private readonly GrainState<T> _state = new(New());

    public T State
    {
        get => _state.State!;
        set => _state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _state.RecordExists;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        await storage.ReadStateAsync(name, grainId, _state, cancellationToken).ConfigureAwait(true);
        _state.State ??= New();
    }

    public Task WriteStateAsync(CancellationToken cancellationToken) => storage.WriteStateAsync(name, grainId, _state, cancellationToken);

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        await storage.ClearStateAsync(name, grainId, _state, cancellationToken).ConfigureAwait(true);
        _state.State = New();
        _state.RecordExists = false;
    }

    private static T? New() => CanBeMade ? Activator.CreateInstance<T>() : default;
}
