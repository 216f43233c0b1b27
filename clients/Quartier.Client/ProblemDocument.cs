using Quartier.Client.Registry;

namespace Quartier.Client;

/// <summary>An RFC 9457 problem document.</summary>
internal sealed record ProblemDocument(string? Title, string? Detail, IReadOnlyList<RegistryProblem>? Problems);
