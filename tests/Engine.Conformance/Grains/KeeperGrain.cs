using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Quartier.Engine.Conformance.Grains;

public sealed class KeeperGrain(
    [PersistentState("own")] IPersistentState<KeeperState> own, [PersistentState("other", "named")] IPersistentState<KeeperState> named)
    : Grain, IKeeper
{
    private readonly Guid _activation = Guid.NewGuid();

    public async Task Write(int value, int named1)
    {
        own.State.Value = value;
        named.State.Value = named1;
        await own.WriteStateAsync();
        await named.WriteStateAsync();
    }

    public Task<KeeperResult> Read() =>
        Task.FromResult(new KeeperResult(own.State.Value, named.State.Value, own.RecordExists, own.Etag, _activation));

    public async Task WriteOutdated()
    {
        // Another writer, who read the same version and was faster.
        var storage = ServiceProvider.GetRequiredKeyedService<IGrainStorage>("named");
        var row = new GrainState<KeeperState>();
        await storage.ReadStateAsync("other", this.GetGrainId(), row);
        row.State!.Value = 99;
        await storage.WriteStateAsync("other", this.GetGrainId(), row);
        named.State.Value = 1;
        await named.WriteStateAsync();
    }

    public Task Clear() => own.ClearStateAsync();

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
