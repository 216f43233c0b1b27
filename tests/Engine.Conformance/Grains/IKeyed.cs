using Orleans;

namespace Quartier.Engine.Conformance.Grains;

[Alias("conformance.IKeyedByInteger")]
public interface IKeyedByInteger : IGrainWithIntegerKey
{
    [Alias("Key")]
    Task<long> Key();
}

[Alias("conformance.IKeyedByGuid")]
public interface IKeyedByGuid : IGrainWithGuidKey
{
    [Alias("Key")]
    Task<Guid> Key();
}

[Alias("conformance.IKeyedTwice")]
public interface IKeyedTwice : IGrainWithIntegerCompoundKey
{
    [Alias("Key")]
    Task<string> Key();
}

public sealed class KeyedByIntegerGrain : Grain, IKeyedByInteger
{
    public Task<long> Key() => Task.FromResult(this.GetPrimaryKeyLong());
}

public sealed class KeyedByGuidGrain : Grain, IKeyedByGuid
{
    public Task<Guid> Key() => Task.FromResult(this.GetPrimaryKey());
}

public sealed class KeyedTwiceGrain : Grain, IKeyedTwice
{
    public Task<string> Key()
    {
        var number = this.GetPrimaryKeyLong(out var extension);
        return Task.FromResult($"{number}:{extension}");
    }
}
