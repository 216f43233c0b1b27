namespace Quartier.Contracts.Registry;

/// <summary>One thing that is wrong with a registry file.</summary>
/// <param name="Line">From 1; 0 when it concerns the file as a whole.</param>
/// <param name="Column">From 1; 0 when unknown.</param>
/// <param name="Message">What is wrong, what was expected, and the remedy.</param>
[GenerateSerializer, Immutable, Alias("quartier.RegistryProblem")]
public sealed record RegistryProblem([property: Id(0)] int Line, [property: Id(1)] int Column, [property: Id(2)] string Message);
