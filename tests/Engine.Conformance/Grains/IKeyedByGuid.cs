using Orleans;

namespace Quartier.Engine.Conformance.Grains;

[Alias("conformance.IKeyedByGuid")]
public interface IKeyedByGuid : IGrainWithGuidKey
{
    [Alias("Key")]
    Task<Guid> Key();
}
