using Orleans;

namespace Quartier.Engine.Conformance.Grains;

[GenerateSerializer, Immutable, Alias("conformance.KeeperResult")]
public sealed record KeeperResult(
    [property: Id(0)] int Value, [property: Id(1)] int Named, [property: Id(2)] bool Exists, [property: Id(3)] string? Etag, [property: Id(4)] Guid Activation);
