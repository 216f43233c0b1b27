using System.Collections.Immutable;
using Quartier.Contracts.Registry;
using Quartier.Domain.Rules;

namespace Quartier.Domain.Registry;

/// <summary>Reads a rule and checks what can be checked without knowing what it watches.</summary>
internal static class RuleReader
{
    private const long MsPerDay = 86_400_000;

    private static readonly string[] CommonKeys = ["id", "version", "kind", "property", "for", "severity", "office", "sentence"];
    public static readonly string[] Keys = [.. CommonKeys, "above", "below", "hysteresis", "tolerance", "parts", "except"];

    public static RuleDefinition Read(YamlNode node, Registered registered, ProblemList problems)
    {
        var rule = new Section(node, "a rule", Keys, problems);
        var kind = rule.Choice<RuleKind>(
            "kind",
            null,
            ("threshold", RuleKind.Threshold),
            ("missing", RuleKind.Missing),
            ("stuck", RuleKind.Stuck),
            ("inconsistent-sum", RuleKind.InconsistentSum));
        CheckKeys(rule, kind, problems);
        var definition = new RuleDefinition(
            rule.Id("id"),
            rule.RequiredInteger("version", 1, int.MaxValue),
            kind,
            rule.Text("property"),
            rule.Number("above"),
            rule.Number("below"),
            rule.NumberFrom("hysteresis", 0, 0),
            rule.Duration("for", 366 * MsPerDay),
            rule.NumberFrom("tolerance", 0, 0),
            rule.Texts("parts"),
            rule.Number("except"),
            rule.Choice<Severity>("severity", null, ("info", Severity.Info), ("warning", Severity.Warning), ("critical", Severity.Critical)),
            rule.Reference("office", "office", registered.Offices),
            rule.Bilingual("sentence"));
        CheckLimits(rule, definition);
        CheckSentence(rule, definition.Sentence.De);
        CheckSentence(rule, definition.Sentence.En);
        return definition;
    }

    /// <summary>Checks rules against what their subject has.</summary>
    /// <param name="rules">The rules with the places where they stand.</param>
    /// <param name="properties">What they may watch.</param>
    /// <param name="what">For messages: "the sensor".</param>
    /// <param name="problems">Where problems go.</param>
    public static void CheckProperties(
        IEnumerable<(RuleDefinition Rule, YamlNode Node)> rules, IReadOnlyCollection<string> properties, string what, ProblemList problems)
    {
        foreach (var (rule, node) in rules)
        {
            foreach (var name in rule.Parts.Prepend(rule.Property))
            {
                if (name.Length > 0 && !properties.Contains(name, StringComparer.Ordinal))
                {
                    problems.Add(node, $"rule '{rule.Id}' watches '{name}', which {what} does not have{Spelling.Hint(name, properties)}");
                }
            }
        }
    }

    private static void CheckKeys(Section rule, RuleKind kind, ProblemList problems)
    {
        string[] own = kind switch
        {
            RuleKind.Threshold => ["above", "below", "hysteresis"],
            RuleKind.Stuck => ["except"],
            RuleKind.InconsistentSum => ["tolerance", "parts", "hysteresis"],
            _ => [],
        };
        foreach (var (key, _) in rule.Node.Entries)
        {
            var known = Array.IndexOf(Keys, key.Text) >= 0;
            if (known && Array.IndexOf(CommonKeys, key.Text) < 0 && Array.IndexOf(own, key.Text) < 0)
            {
                problems.Add(key, $"'{key.Text}' means nothing for this kind of rule{(own.Length == 0 ? "" : $"; it has {string.Join(", ", own)}")}");
            }
        }
    }

    private static void CheckLimits(Section rule, RuleDefinition definition)
    {
        switch (definition.Kind)
        {
            case RuleKind.Threshold when definition.Above is null && definition.Below is null:
                rule.Problem("kind", "a threshold rule needs 'above', 'below' or both");
                break;
            case RuleKind.Threshold when definition.Below + definition.Hysteresis > definition.Above - definition.Hysteresis:
                rule.Problem("below", "'below' plus 'hysteresis' must not be greater than 'above' minus 'hysteresis'");
                break;
            case RuleKind.Missing or RuleKind.Stuck when definition.ForMs == 0:
                rule.Problem("for", "rules on silence and sameness need 'for', the longest that is allowed, such as PT2H");
                break;
            case RuleKind.InconsistentSum when definition.Parts.Length is 0 or >= SumJoin.MaxStreams:
                rule.Problem("parts", $"an inconsistent-sum rule needs 'parts': 1 … {SumJoin.MaxStreams - 1} properties that add up to 'property'");
                break;
            case RuleKind.InconsistentSum when definition.Parts.Prepend(definition.Property).Distinct(StringComparer.Ordinal).Count() <= definition.Parts.Length:
                rule.Problem("parts", "a property stands twice among 'parts' and 'property'");
                break;
            case RuleKind.InconsistentSum when definition.Hysteresis > definition.Tolerance:
                rule.Problem("hysteresis", "'hysteresis' must not be greater than 'tolerance'");
                break;
            default:
                break;
        }
    }

    private static void CheckSentence(Section rule, string sentence)
    {
        var rest = sentence.AsSpan();
        for (var open = rest.IndexOf('{'); open >= 0; open = rest.IndexOf('{'))
        {
            var length = rest[(open + 1)..].IndexOf('}');
            var name = length < 0 ? "" : rest.Slice(open + 1, length).ToString();
            if (!Sentence.Placeholders.Contains(name, StringComparer.Ordinal))
            {
                var known = string.Join(", ", Sentence.Placeholders.Select(p => $"{{{p}}}"));
                rule.Problem("sentence", $"unknown placeholder '{{{name}}}'{Spelling.Hint(name, Sentence.Placeholders)}; there are {known}");
            }

            rest = rest[(open + 1)..];
        }
    }
}
