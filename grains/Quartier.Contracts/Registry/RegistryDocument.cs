namespace Quartier.Contracts.Registry;

/// <summary>One version of a city's registry as it was applied.</summary>
/// <param name="City">Id of the city.</param>
/// <param name="Version">1, 2, …</param>
/// <param name="Yaml">The file, to the letter.</param>
/// <param name="AppliedTimeMs">When, in milliseconds since 1970-01-01T00:00:00Z.</param>
public sealed record RegistryDocument(string City, long Version, string Yaml, long AppliedTimeMs);
