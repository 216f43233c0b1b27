using System.Collections.Immutable;

namespace Quartier.Contracts.Registry;

/// <summary>One version of what is registered in a city: its file as it was applied, and what was registered beside it.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Version">1, 2, …; the file and what stands beside it count together.</param>
/// <param name="Yaml">The file, to the letter.</param>
/// <param name="AppliedTimeMs">When, in milliseconds since 1970-01-01T00:00:00Z.</param>
public sealed record RegistryDocument(string City, long Version, string Yaml, long AppliedTimeMs)
{
    /// <summary>What is registered beside the file, in the order of kind and key. Not looked at when a file is stored: a file never touches it.</summary>
    public ImmutableArray<RegistryAddition> Additions { get; init; } = [];
}
