using System.Collections.Immutable;

namespace Quartier.Domain.Registers;

/// <summary>A risk that a fixed rule found in the configuration. Nobody has assessed it: that is for people.</summary>
/// <param name="Id">Rule and subject.</param>
/// <param name="Rule">Which rule found it.</param>
/// <param name="Districts">Ids of the districts; empty for the whole city.</param>
/// <param name="Text">What was found and why it is a risk to rights and freedoms, in German.</param>
/// <param name="Measures">What is configured against it, in German.</param>
/// <param name="Open">What people must answer, in German.</param>
public sealed record AssessedRisk(
    string Id, string Rule, ImmutableArray<string> Districts, string Text, ImmutableArray<string> Measures, string Open);
