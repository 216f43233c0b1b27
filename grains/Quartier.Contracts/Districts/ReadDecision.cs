namespace Quartier.Contracts.Districts;

/// <summary>The district's answer.</summary>
/// <param name="Permitted">Whether.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="RegistryVersion">By which version it was decided.</param>
[GenerateSerializer, Immutable, Alias("quartier.ReadDecision")]
public sealed record ReadDecision([property: Id(0)] bool Permitted, [property: Id(1)] string Reason, [property: Id(2)] long RegistryVersion);
