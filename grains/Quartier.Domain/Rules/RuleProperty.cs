using Quartier.Contracts.Registry;

namespace Quartier.Domain.Rules;

/// <summary>Something that rules can watch: a sensor's datastream, an asset's input or computed value.</summary>
/// <param name="Name">As rules name it.</param>
/// <param name="Label">For people.</param>
/// <param name="Unit">UCUM code.</param>
public sealed record RuleProperty(string Name, BilingualText Label, string Unit);
