using Microsoft.CodeAnalysis;

namespace Architecture.Contracts;

/// <summary>Reads the programming model's attributes from symbols, whichever engine declares them.</summary>
internal static class Attributes
{
    public static bool Has(ISymbol symbol, string name) => Find(symbol, name) is not null;

    /// <summary>The text of <c>[Alias]</c>; null when there is none or it is empty.</summary>
    public static string? Alias(ISymbol symbol) =>
        Find(symbol, "Alias")?.ConstructorArguments is [{ Value: string { Length: > 0 } alias }] ? alias : null;

    /// <summary>The number of <c>[Id]</c>; null when there is none.</summary>
    public static uint? Id(ISymbol symbol) => Find(symbol, "Id")?.ConstructorArguments is [{ Value: uint id }] ? id : null;

    /// <summary>The text of <c>[ResponseTimeout]</c>; null when there is none.</summary>
    public static string? ResponseTimeout(ISymbol symbol) => Find(symbol, "ResponseTimeout")?.ConstructorArguments is [{ Value: string timeout }] ? timeout : null;

    private static AttributeData? Find(ISymbol symbol, string name) => symbol.GetAttributes().FirstOrDefault(attribute =>
        string.Equals(attribute.AttributeClass?.Name, name + "Attribute", StringComparison.Ordinal)
        && attribute.AttributeClass!.ContainingNamespace.ToDisplayString().StartsWith("Orleans", StringComparison.Ordinal));
}
