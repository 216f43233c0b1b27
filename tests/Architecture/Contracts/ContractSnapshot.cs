using Microsoft.CodeAnalysis;

namespace Architecture.Contracts;

/// <summary>The contract as lines that each stand for themselves, so that a difference reads without its surroundings.</summary>
internal static class ContractSnapshot
{
    private const string Head = """
        # Every grain method and every type that a grain call carries. A change here is a change of the protocol between versions:
        # add members with new ids, never reuse or renumber one. Written by QUARTIER_UPDATE_SNAPSHOT=1 ./quartier check
        """;

    private static readonly SymbolDisplayFormat Short = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static string Write(ContractModel model) => string.Join('\n', [Head, .. Lines(model), string.Empty]);

    /// <summary>Lines that only one of the two has: <c>-</c> for what is gone, <c>+</c> for what is new.</summary>
    public static IReadOnlyList<string> Difference(string before, string after)
    {
        var old = Split(before);
        var now = Split(after);
        var gone = old.Except(now, StringComparer.Ordinal).Select(line => (Line: line, Sign: '-'));
        var added = now.Except(old, StringComparer.Ordinal).Select(line => (Line: line, Sign: '+'));
        return [.. gone.Concat(added).OrderBy(entry => entry.Line, StringComparer.Ordinal).Select(entry => $"{entry.Sign} {entry.Line}")];
    }

    private static IEnumerable<string> Lines(ContractModel model)
    {
        foreach (var type in model.GrainInterfaces)
        {
            yield return $"grain {type.Name} \"{Attributes.Alias(type)}\"";
            foreach (var method in ContractModel.Methods(type).OrderBy(m => m.Name, StringComparer.Ordinal))
            {
                var parameters = string.Join(", ", method.Parameters.Select(p => $"{p.Type.ToDisplayString(Short)} {p.Name}"));
                yield return $"grain {type.Name}.{method.Name}({parameters}) : {method.ReturnType.ToDisplayString(Short)} \"{Attributes.Alias(method)}\"{Marks(method)}";
            }
        }

        foreach (var line in model.Messages.SelectMany(type => type.TypeKind == TypeKind.Enum ? Enumeration(type) : Message(type)))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Message(INamedTypeSymbol type)
    {
        yield return $"message {type.Name} \"{Attributes.Alias(type)}\"{(type.IsValueType ? " struct" : string.Empty)}";
        foreach (var member in ContractModel.State(type).OrderBy(Attributes.Id))
        {
            yield return $"message {type.Name} {Attributes.Id(member)} {member.Name} : {ContractModel.TypeOf(member).ToDisplayString(Short)}";
        }
    }

    private static IEnumerable<string> Enumeration(INamedTypeSymbol type)
    {
        yield return $"enum {type.Name} : {type.EnumUnderlyingType!.ToDisplayString(Short)}";
        foreach (var member in type.GetMembers().OfType<IFieldSymbol>())
        {
            yield return $"enum {type.Name} {member.ConstantValue} {member.Name}";
        }
    }

    private static string Marks(IMethodSymbol method) =>
        string.Concat(new[] { "OneWay", "ReadOnly", "AlwaysInterleave" }.Where(name => Attributes.Has(method, name)).Select(name => " " + name))
        + (Attributes.ResponseTimeout(method) is { } timeout ? " within " + timeout : string.Empty);

    private static List<string> Split(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => !line.StartsWith('#'))];
}
