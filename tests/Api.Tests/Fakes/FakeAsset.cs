using Quartier.Contracts.Assets;

namespace Api.Tests.Fakes;

internal sealed class FakeAsset : IAssetGrain
{
    public AssetState State { get; set; } = new(0, null, System.Collections.Immutable.ImmutableSortedDictionary<string, AssetValue>.Empty);

    public Task Observe(AssetObservation observation) => throw new NotSupportedException();

    public Task<AssetState> GetState() => Task.FromResult(State);

    public Task Forget(System.Collections.Immutable.ImmutableArray<Quartier.Contracts.Retention.ForgetBefore> cutoffs) => Task.CompletedTask;

    public Task Refresh() => throw new NotSupportedException();
}
