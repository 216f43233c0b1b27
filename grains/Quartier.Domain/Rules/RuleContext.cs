using Quartier.Contracts.Alerts;

namespace Quartier.Domain.Rules;

/// <summary>One rule being evaluated on one subject.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Effects">Where raised and resolved alerts go, in order.</param>
internal readonly record struct RuleContext(CompiledRule Rule, IRuleSubject Subject, List<Alert> Effects);
