using Orleans;

namespace Quartier.Engine.Conformance.Grains;

public sealed class KeyedByIntegerGrain : Grain, IKeyedByInteger
{
    public Task<long> Key() => Task.FromResult(this.GetPrimaryKeyLong());
}
