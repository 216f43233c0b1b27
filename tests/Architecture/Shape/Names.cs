using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Shape;

/// <summary>What the syntax calls things.</summary>
internal static class Names
{
    /// <summary>The last part of a name, without type arguments and without the ending that attributes may leave out.</summary>
    public static string Simple(NameSyntax name)
    {
        var text = Last(name);
        return text.EndsWith("Attribute", StringComparison.Ordinal) ? text[..^"Attribute".Length] : text;
    }

    /// <summary>The last part of a type's name, without type arguments.</summary>
    public static string Last(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.Text,
        SimpleNameSyntax simple => simple.Identifier.Text,
        NullableTypeSyntax nullable => Last(nullable.ElementType),
        _ => type.ToString(),
    };

    /// <summary>The name of a type or delegate declaration.</summary>
    public static SyntaxToken Identifier(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier,
        DelegateDeclarationSyntax callback => callback.Identifier,
        _ => throw new ArgumentOutOfRangeException(nameof(member), member.Kind(), "Only types and delegates have a name that a file takes."),
    };

    /// <summary>Types and delegates that stand directly in a namespace or in the file.</summary>
    public static IEnumerable<MemberDeclarationSyntax> TopLevelTypes(SyntaxNode root) => root
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<MemberDeclarationSyntax>()
        .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);
}
