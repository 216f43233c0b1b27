using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Registry;

/// <summary>What a registry file says.</summary>
/// <param name="City">The city; null when there are problems.</param>
/// <param name="Problems">What is wrong, in the order of the file; at most 100 and a last one that counts the rest.</param>
public sealed record RegistryReading(CityDefinition? City, ImmutableArray<RegistryProblem> Problems);
