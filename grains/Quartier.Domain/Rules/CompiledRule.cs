using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Domain.Rules;

/// <summary>A rule with its properties looked up. Shared by all subjects of one kind.</summary>
/// <param name="Definition">The rule.</param>
/// <param name="Property">What it watches.</param>
/// <param name="Streams">Indexes of all it watches: the property first, then the parts of a sum.</param>
/// <param name="Names">Their names, in the same order.</param>
internal sealed record CompiledRule(RuleDefinition Definition, RuleProperty Property, ImmutableArray<int> Streams, ImmutableArray<string> Names);
