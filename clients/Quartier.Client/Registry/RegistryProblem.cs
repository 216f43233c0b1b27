namespace Quartier.Client.Registry;

/// <summary>Why a registry file is refused.</summary>
/// <param name="Line">1, 2, …</param>
/// <param name="Column">1, 2, …</param>
/// <param name="Message">What is wrong and the remedy.</param>
public sealed record RegistryProblem(
    int Line,
    int Column,
    string Message);
