using Architecture.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Shape;

/// <summary>Classes are sealed (house style 6), and no error disappears (house style 15).</summary>
internal static class DesignRules
{
    /// <summary>Public classes here are the Orleans programming model's, open or sealed as published.</summary>
    private const string ProgrammingModel = "engine/Quartier.Engine";

    private static readonly string[] CatchAlls = ["Exception", "SystemException"];

    /// <summary>Finds product classes that are neither sealed nor a base of anything in the given sources.</summary>
    public static IEnumerable<Violation> OpenClasses(IReadOnlyCollection<SourceFile> files)
    {
        var bases = files
            .SelectMany(file => file.Root.DescendantNodes().OfType<BaseListSyntax>())
            .SelectMany(list => list.Types)
            .Select(type => Names.Last(type.Type))
            .ToHashSet(StringComparer.Ordinal);
        return
            from file in files
            where !file.IsTest
            from type in file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
            where type.Kind() is SyntaxKind.ClassDeclaration or SyntaxKind.RecordDeclaration && IsOpen(type) && !bases.Contains(type.Identifier.Text)
            where !(file.IsUnder(ProgrammingModel) && type.Modifiers.Any(SyntaxKind.PublicKeyword))
            select file.At(type.Identifier, $"{type.Identifier.Text} is not sealed and nothing derives from it");
    }

    /// <summary>A catch-all stands at a boundary and passes the error on: it throws, or it uses what it caught.</summary>
    public static IEnumerable<Violation> SwallowedErrors(SourceFile file) => file.Root.DescendantNodes().OfType<CatchClauseSyntax>()
        .Where(clause => clause.Filter is null)
        .Where(clause => clause.Declaration is null || CatchAlls.Contains(Names.Last(clause.Declaration.Type), StringComparer.Ordinal))
        .Where(clause => !clause.Block.DescendantNodes().Any(node => node is ThrowStatementSyntax or ThrowExpressionSyntax || Uses(node, clause)))
        .Select(clause => file.At(clause, "catches everything and tells nobody: catch the narrowest type, or log or return what was caught"));

    /// <summary>Parts of a partial type may leave the word to the part that has it, so a part is not judged alone.</summary>
    private static bool IsOpen(TypeDeclarationSyntax type) => !type.Modifiers.Any(modifier => modifier.Kind()
        is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword or SyntaxKind.PartialKeyword);

    private static bool Uses(SyntaxNode node, CatchClauseSyntax clause) => node is IdentifierNameSyntax name
        && string.Equals(name.Identifier.Text, clause.Declaration?.Identifier.Text, StringComparison.Ordinal);
}
