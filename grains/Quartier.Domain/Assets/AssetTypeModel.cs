using System.Collections.Immutable;
using Quartier.Contracts.Registry;
using Quartier.Domain.Rules;

namespace Quartier.Domain.Assets;

/// <summary>An asset type with its expressions compiled; immutable and shared by its assets.</summary>
public sealed class AssetTypeModel
{
    private AssetTypeModel(
        AssetTypeDefinition definition,
        ImmutableArray<string> names,
        ImmutableArray<Expression> computed,
        ImmutableArray<Expression?> conditions,
        ImmutableArray<SlopeKey> slopes)
    {
        Definition = definition;
        Names = names;
        Computed = computed;
        Conditions = conditions;
        Slopes = slopes;
        Rules = RuleSet.Compile(definition.Rules, [.. names.Select(PropertyOf)]);
    }

    /// <summary>The type.</summary>
    public AssetTypeDefinition Definition { get; }

    /// <summary>Its rules; their properties are indexes into attributes, inputs and computed values, in this order.</summary>
    public RuleSet Rules { get; }

    /// <summary>Attributes, inputs, computed values.</summary>
    internal ImmutableArray<string> Names { get; }

    internal ImmutableArray<Expression> Computed { get; }

    /// <summary>One for each status; null for one that always holds.</summary>
    internal ImmutableArray<Expression?> Conditions { get; }

    internal ImmutableArray<SlopeKey> Slopes { get; }

    internal int FirstInput => Definition.Attributes.Length;

    internal int FirstComputed => FirstInput + Definition.Inputs.Length;

    /// <summary>Compiles a type of a validated registry.</summary>
    /// <exception cref="ArgumentException">An expression or a rule is wrong; the message names it.</exception>
    public static AssetTypeModel Compile(AssetTypeDefinition type)
    {
        var scope = new ExpressionScope(type);
        var slopes = new List<SlopeKey>();
        var computed = ImmutableArray.CreateBuilder<Expression>(type.Computed.Length);
        foreach (var value in type.Computed)
        {
            computed.Add(Parse(type, value.Expression, scope, slopes));
            scope.Add(value.Name, NameKind.Computed);
        }

        var conditions = type.Statuses.Select(s => s.When is null ? null : Parse(type, s.When, scope, slopes));
        return new AssetTypeModel(type, scope.Names, computed.MoveToImmutable(), [.. conditions], [.. slopes]);
    }

    private static Expression Parse(AssetTypeDefinition type, string text, ExpressionScope scope, List<SlopeKey> slopes) =>
        ExpressionParser.Parse(text, scope, slopes, out var problem)
        ?? throw new ArgumentException($"Asset type {type.Id}: '{text}' at character {problem!.Position + 1}: {problem.Message}", nameof(type));

    private RuleProperty PropertyOf(string name, int index)
    {
        if (index < FirstInput)
        {
            return new RuleProperty(name, new BilingualText(name, name), "1");
        }

        if (index < FirstComputed)
        {
            return new RuleProperty(name, new BilingualText(name, name), Definition.Inputs[index - FirstInput].Unit);
        }

        var computed = Definition.Computed[index - FirstComputed];
        return new RuleProperty(name, computed.Label, computed.Unit);
    }
}
