using System.Collections.Immutable;
using Quartier.Contracts.Registry;
using Quartier.Domain.Assets;

namespace Quartier.Domain.Registry;

/// <summary>Reads an asset type and compiles its expressions, so that their problems are reported where they stand.</summary>
internal static class AssetTypeReader
{
    public static readonly string[] Keys = ["id", "name", "attributes", "inputs", "computed", "statuses", "headline", "rules"];

    public static AssetTypeDefinition Read(Section section, Registered registered, ProblemList problems)
    {
        var rules = section.Items("rules").Select(item => (Rule: RuleReader.Read(item, registered, problems), Node: item)).ToList();
        var type = new AssetTypeDefinition(
            section.Text("id"),
            section.Bilingual("name"),
            section.Texts("attributes"),
            [.. section.Items("inputs").Select(item => ReadInput(item, problems))],
            [.. section.Items("computed").Select(item => ReadComputed(item, problems))],
            [.. section.Items("statuses").Select(item => ReadStatus(item, problems))],
            section.Text("headline"),
            [.. rules.Select(r => r.Rule)]);
        CheckNames(section, type);
        CheckExpressions(section, type, problems);
        CheckStatuses(section, type);
        CheckHeadline(section, type);
        RuleReader.CheckProperties(rules, [.. Values(type)], "the asset type", problems);
        foreach (var twice in rules.GroupBy(r => r.Rule.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            problems.Add(twice.Last().Node, $"the rule '{twice.Key}' stands twice");
        }

        return type;
    }

    private static IEnumerable<string> Values(AssetTypeDefinition type) =>
        type.Inputs.Where(i => !i.Many).Select(i => i.Name).Concat(type.Computed.Select(c => c.Name));

    private static AssetInput ReadInput(YamlNode node, ProblemList problems)
    {
        var input = new Section(node, "an input", ["name", "unit", "many", "optional"], problems);
        return new AssetInput(input.Text("name"), DatastreamReader.ReadUnit(input), input.Flag("many"), input.Flag("optional"));
    }

    private static ComputedValue ReadComputed(YamlNode node, ProblemList problems)
    {
        var computed = new Section(node, "a computed value", ["name", "label", "unit", "expression"], problems);
        return new ComputedValue(computed.Text("name"), computed.Bilingual("label"), DatastreamReader.ReadUnit(computed), computed.Text("expression"));
    }

    private static AssetStatus ReadStatus(YamlNode node, ProblemList problems)
    {
        var status = new Section(node, "a status", ["id", "text", "when"], problems);
        return new AssetStatus(status.Id("id"), status.Bilingual("text"), status.OptionalText("when"));
    }

    private static void CheckNames(Section section, AssetTypeDefinition type)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var names = type.Attributes.Select(a => ("attributes", a))
            .Concat(type.Inputs.Select(i => ("inputs", i.Name)))
            .Concat(type.Computed.Select(c => ("computed", c.Name)));
        foreach (var (key, name) in names)
        {
            if (name.Length > 0 && !Names.IsVariable(name))
            {
                section.Problem(key, $"'{name}' is no name for expressions: letters, digits and '_', beginning with a letter, none of their own words");
            }

            if (!known.Add(name) && name.Length > 0)
            {
                section.Problem(key, $"the name '{name}' stands twice in this asset type");
            }
        }
    }

    private static void CheckExpressions(Section section, AssetTypeDefinition type, ProblemList problems)
    {
        var scope = new ExpressionScope(type);
        var slopes = new List<SlopeKey>();
        foreach (var (value, node) in type.Computed.Zip(section.Items("computed")))
        {
            CheckExpression(value.Expression, Member(node, "expression"), scope, slopes, problems);
            scope.Add(value.Name, NameKind.Computed);
        }

        foreach (var (status, node) in type.Statuses.Zip(section.Items("statuses")))
        {
            CheckExpression(status.When, Member(node, "when"), scope, slopes, problems);
        }
    }

    private static void CheckExpression(string? text, YamlNode? node, ExpressionScope scope, List<SlopeKey> slopes, ProblemList problems)
    {
        if (string.IsNullOrEmpty(text) || node is null)
        {
            return;
        }

        ExpressionParser.Parse(text, scope, slopes, out var problem);
        if (problem is not null)
        {
            problems.Add(node, $"expression, character {problem.Position + 1}: {problem.Message}", problem.Position + node.TextOffset);
        }
    }

    private static void CheckStatuses(Section section, AssetTypeDefinition type)
    {
        if (type.Statuses.IsEmpty)
        {
            section.Problem("statuses", "an asset type needs at least one status");
            return;
        }

        if (type.Statuses[^1].When is not null || type.Statuses.SkipLast(1).Any(s => s.When is null))
        {
            section.Problem("statuses", "every status but the last needs 'when'; the last has none: it holds otherwise");
        }

        if (type.Statuses.Select(s => s.Id).Distinct(StringComparer.Ordinal).Count() < type.Statuses.Length)
        {
            section.Problem("statuses", "a status stands twice");
        }
    }

    private static void CheckHeadline(Section section, AssetTypeDefinition type)
    {
        if (type.Headline.Length > 0 && !Values(type).Contains(type.Headline, StringComparer.Ordinal))
        {
            section.Problem(
                "headline", $"'{type.Headline}' is neither an input with one datastream nor a computed value{Spelling.Hint(type.Headline, Values(type))}");
        }
    }

    private static YamlNode? Member(YamlNode node, string key) =>
        node.Entries.Find(e => string.Equals(e.Key.Text, key, StringComparison.Ordinal)).Value;
}
