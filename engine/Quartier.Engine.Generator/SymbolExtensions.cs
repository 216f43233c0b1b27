using System.Text;
using Microsoft.CodeAnalysis;

namespace Quartier.Engine.Generator;

/// <summary>Names and attributes of symbols.</summary>
internal static class SymbolExtensions
{
    private static readonly SymbolDisplayFormat WithNullability =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The type as written in generated code.</summary>
    public static string InCode(this ITypeSymbol type) => type.ToDisplayString(WithNullability);

    /// <summary>The type as written within <c>typeof</c>.</summary>
    public static string InTypeof(this ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    public static bool IsNamed(this ITypeSymbol? type, string fullName) =>
        type is not null && type.OriginalDefinition.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat) == fullName;

    public static AttributeData? Attribute(this ISymbol symbol, string fullName) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.IsNamed(fullName));

    public static string? StringArgument(this AttributeData? attribute, int index = 0) =>
        attribute is not null && attribute.ConstructorArguments.Length > index ? attribute.ConstructorArguments[index].Value as string : null;

    /// <summary>Whether generated code in the same assembly can name the type.</summary>
    public static bool CanBeNamed(this INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal
                || current.IsFileLocal)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The full name with everything that an identifier cannot hold replaced.</summary>
    public static string ToIdentifier(this string name)
    {
        var identifier = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            identifier.Append(char.IsLetterOrDigit(character) ? character : '_');
        }

        return identifier.ToString();
    }

    public static string Quoted(this string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);
}
