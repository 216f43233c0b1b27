using System.Collections.Immutable;

namespace Quartier.Contracts.Registry;

/// <summary>What applying a registry file did, or would do.</summary>
/// <param name="Version">The registry's version afterwards; unchanged when nothing changed or problems were found.</param>
/// <param name="Applied">False for a dry run or when there are problems.</param>
/// <param name="Changes">The difference to what was registered before; empty when the file is what is registered already.</param>
/// <param name="Problems">Empty when the file is sound.</param>
[GenerateSerializer, Immutable, Alias("quartier.ApplyResult")]
public sealed record ApplyResult(
    [property: Id(0)] long Version,
    [property: Id(1)] bool Applied,
    [property: Id(2)] ImmutableArray<RegistryChange> Changes,
    [property: Id(3)] ImmutableArray<RegistryProblem> Problems);
