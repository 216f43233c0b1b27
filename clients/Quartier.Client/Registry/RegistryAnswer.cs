namespace Quartier.Client.Registry;

/// <summary>What applying a registry file did.</summary>
/// <param name="Version">Of the registry now in force.</param>
/// <param name="Applied">False for a dry run and when nothing changed.</param>
/// <param name="Changes">What changes.</param>
public sealed record RegistryAnswer(
    long Version,
    bool Applied,
    IReadOnlyList<RegistryChange> Changes);
