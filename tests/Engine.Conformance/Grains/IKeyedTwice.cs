using Orleans;

namespace Quartier.Engine.Conformance.Grains;

[Alias("conformance.IKeyedTwice")]
public interface IKeyedTwice : IGrainWithIntegerCompoundKey
{
    [Alias("Key")]
    Task<string> Key();
}
