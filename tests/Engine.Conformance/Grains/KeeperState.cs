using Orleans;

namespace Quartier.Engine.Conformance.Grains;

[GenerateSerializer, Alias("conformance.KeeperState")]
public sealed class KeeperState
{
    [Id(0)]
    public int Value { get; set; }
}
