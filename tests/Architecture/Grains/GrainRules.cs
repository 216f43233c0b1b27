using Architecture.Shape;
using Architecture.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Grains;

/// <summary>Rules for the code of grains: it runs in turns, on either engine, unchanged (ADR 0002; house style 21).</summary>
internal static class GrainRules
{
    private static readonly string[] GrainBases = ["Grain", "JournaledGrain", "IGrainBase"];

    private static readonly string[] BannedCalls = ["Task.Run", "Task.Factory.StartNew", "Task.WaitAll", "Task.WaitAny", "ThreadPool.QueueUserWorkItem"];

    private static readonly string[] BannedMembers = ["ConfigureAwait", "GetAwaiter"];

    public static IEnumerable<Violation> OpenGrains(SourceFile file) => file.Root.DescendantNodes().OfType<ClassDeclarationSyntax>()
        .Where(type => type.BaseList?.Types.Any(t => GrainBases.Contains(Names.Last(t.Type), StringComparer.Ordinal)) == true)
        .Where(type => !type.Modifiers.Any(SyntaxKind.SealedKeyword))
        .Select(type => file.At(type.Identifier, $"the grain {type.Identifier.Text} is not sealed"));

    public static IEnumerable<Violation> Conditionals(SourceFile file) => file.Root.DescendantTrivia()
        .Where(trivia => trivia.IsKind(SyntaxKind.IfDirectiveTrivia))
        .Select(trivia => new Violation(file.Path, file.Line(trivia.SpanStart), "#if: grains are the same sources for both engines"));

    /// <summary>A turn must not leave its scheduler, block a thread or take a lock.</summary>
    public static IEnumerable<Violation> Escapes(SourceFile file)
    {
        foreach (var node in file.Root.DescendantNodes())
        {
            var escape = node switch
            {
                LockStatementSyntax => "lock",
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Wait" }, ArgumentList.Arguments.Count: 0 } => "Wait",
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax call } => Banned(call),
                _ => null,
            };
            if (escape is not null)
            {
                yield return file.At(node, $"{escape} in a grain: a turn runs on its own scheduler, without blocking and without locks");
            }
        }
    }

    private static string? Banned(MemberAccessExpressionSyntax call)
    {
        var text = call.ToString();
        return BannedCalls.FirstOrDefault(banned => text.EndsWith(banned, StringComparison.Ordinal))
            ?? BannedMembers.FirstOrDefault(banned => string.Equals(call.Name.Identifier.Text, banned, StringComparison.Ordinal));
    }
}
