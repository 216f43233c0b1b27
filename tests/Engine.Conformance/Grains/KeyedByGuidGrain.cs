using Orleans;

namespace Quartier.Engine.Conformance.Grains;

public sealed class KeyedByGuidGrain : Grain, IKeyedByGuid
{
    public Task<Guid> Key() => Task.FromResult(this.GetPrimaryKey());
}
