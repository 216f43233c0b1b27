namespace Quartier.Benchmarks.Policies;

/// <summary>What one part of the benchmark found.</summary>
/// <param name="Values">Figures by their name in the line of JSON, with the unit in the name.</param>
/// <param name="Verified">Whether what was measured did what it should.</param>
internal sealed record PolicyFigures(IReadOnlyDictionary<string, double> Values, bool Verified);
