namespace Quartier.Contracts.Registry;

/// <summary>What an amendment did.</summary>
/// <param name="Registry">What became of the registry; with problems nothing was changed.</param>
/// <param name="Refusal">Why the entities were not changed, and so nothing was; null when all was.</param>
/// <param name="IsOutdated">Whether another registry came into force meanwhile: nothing was changed, plan it anew.</param>
[GenerateSerializer, Immutable, Alias("quartier.AmendResult")]
public sealed record AmendResult(
    [property: Id(0)] ApplyResult Registry, [property: Id(1)] AmendRefusal? Refusal, [property: Id(2)] bool IsOutdated);
