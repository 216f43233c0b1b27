using Orleans;

namespace Quartier.Engine.Conformance.Grains;

public sealed class KeyedTwiceGrain : Grain, IKeyedTwice
{
    public Task<string> Key()
    {
        var number = this.GetPrimaryKeyLong(out var extension);
        return Task.FromResult($"{number}:{extension}");
    }
}
