namespace Quartier.Contracts.Registry;

/// <summary>One line of the difference between two registries.</summary>
/// <param name="Action">What happens to it.</param>
/// <param name="What">For example <c>sensor promenade/promenade</c>.</param>
/// <param name="Detail">Old and new values of what changed; empty when added or removed as a whole.</param>
[GenerateSerializer, Immutable, Alias("quartier.RegistryChange")]
public sealed record RegistryChange([property: Id(0)] RegistryAction Action, [property: Id(1)] string What, [property: Id(2)] string Detail);
