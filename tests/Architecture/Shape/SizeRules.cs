using Architecture.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Shape;

/// <summary>Lines of a file, lines of a body, parameters and nesting.</summary>
internal static class SizeRules
{
    private static readonly string[] ForeignSignatures = ["LibraryImport", "DllImport", "UnmanagedCallersOnly"];

    public static IEnumerable<Violation> LongFiles(SourceFile file)
    {
        var lines = file.Text.AsSpan().TrimEnd().Count('\n') + 1;
        var limit = SizeLimits.For(file).FileLines;
        if (lines > limit)
        {
            yield return new(file.Path, limit + 1, $"file has {lines} lines, the limit is {limit}: split it by what it holds");
        }
    }

    /// <summary>A body is measured from its first to its last line, braces, lambdas and local functions included.</summary>
    public static IEnumerable<Violation> LongMethods(SourceFile file)
    {
        var limit = SizeLimits.For(file).MethodLines;
        return Bodies(file.Root)
            .Select(body => (body.Name, body.Span, Lines: file.Line(body.Span.End - 1) - file.Line(body.Span.Start) + 1))
            .Where(body => body.Lines > limit)
            .Select(body => new Violation(file.Path, file.Line(body.Span.Start), $"body of {body.Name} has {body.Lines} lines, the limit is {limit}"));
    }

    /// <summary>Constructors are exempt (injection and records list what they hold), and signatures that somebody else fixed.</summary>
    public static IEnumerable<Violation> ManyParameters(SourceFile file)
    {
        var limit = SizeLimits.For(file).Parameters;
        return file.Root.DescendantNodes().OfType<BaseParameterListSyntax>()
            .Where(list => list.Parameters.Count > limit && !IsExempt(list.Parent))
            .Select(list => file.At(list, $"{list.Parameters.Count} parameters, the limit is {limit}: give what belongs together a type"));
    }

    public static IEnumerable<Violation> DeepNesting(SourceFile file)
    {
        var limit = SizeLimits.For(file).Nesting;
        return file.Root.DescendantNodes()
            .Where(node => IsLevel(node) && Depth(node) - 1 == limit)
            .Select(node => file.At(node, $"nested {limit + 1} deep, the limit is {limit}: return early or name the inner part"));
    }

    private static IEnumerable<(string Name, Microsoft.CodeAnalysis.Text.TextSpan Span)> Bodies(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            var body = node switch
            {
                BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
                AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
                PropertyDeclarationSyntax property => property.ExpressionBody,
                IndexerDeclarationSyntax indexer => indexer.ExpressionBody,
                FieldDeclarationSyntax field when field.DescendantNodes().Any(n => n is LambdaExpressionSyntax) => field,
                _ => null,
            };
            if (body is not null)
            {
                yield return (Name(node), body.Span);
            }
        }

        var statements = root.ChildNodes().OfType<GlobalStatementSyntax>().ToList();
        if (statements.Count > 0)
        {
            yield return ("the program", Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(statements[0].SpanStart, statements[^1].Span.End));
        }
    }

    private static string Name(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        AccessorDeclarationSyntax accessor => $"{Name(accessor.Parent!.Parent!)}.{accessor.Keyword.Text}",
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        IndexerDeclarationSyntax => "this[]",
        EventDeclarationSyntax raised => raised.Identifier.Text,
        OperatorDeclarationSyntax operation => $"operator {operation.OperatorToken.Text}",
        _ => node.Kind().ToString(),
    };

    private static bool IsExempt(SyntaxNode? owner) => owner switch
    {
        ConstructorDeclarationSyntax or TypeDeclarationSyntax => true,
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.OverrideKeyword)
            || method.ExplicitInterfaceSpecifier is not null
            || method.AttributeLists.SelectMany(l => l.Attributes).Any(a => ForeignSignatures.Contains(Names.Simple(a.Name), StringComparer.Ordinal)),
        _ => false,
    };

    /// <summary>A level is a decision, a loop or a guarded block; <c>else if</c> continues its <c>if</c>.</summary>
    private static bool IsLevel(SyntaxNode node) => node switch
    {
        IfStatementSyntax => node.Parent is not ElseClauseSyntax,
        CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax => true,
        SwitchStatementSyntax or TryStatementSyntax => true,
        _ => false,
    };

    private static int Depth(SyntaxNode node) => node.AncestorsAndSelf()
        .TakeWhile(n => n is not (MemberDeclarationSyntax or LocalFunctionStatementSyntax) || n is GlobalStatementSyntax)
        .Count(IsLevel);
}
