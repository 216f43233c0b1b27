using Orleans;

namespace Quartier.Engine.Conformance.Grains;

[Alias("conformance.IKeyedByInteger")]
public interface IKeyedByInteger : IGrainWithIntegerKey
{
    [Alias("Key")]
    Task<long> Key();
}
