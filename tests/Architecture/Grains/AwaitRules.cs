using Architecture.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Grains;

/// <summary>
/// In libraries every await says <c>ConfigureAwait(false)</c> (house style 21): they are called from grains, whose scheduler they must not
/// occupy. The engine implements that scheduler, the MQTT endpoint its lanes, and both sometimes must come back to them: there an await says which it means.
/// <c>await using</c> is exempt, because it would change the variable's type; it stands at the end of a scope that is off the scheduler already.
/// </summary>
internal static class AwaitRules
{
    private static readonly string[] Libraries = ["silo/Quartier.Storage", "clients/Quartier.Client"];

    private static readonly string[] Schedulers = ["engine/Quartier.Engine", "silo/Quartier.Mqtt"];

    public static bool Applies(SourceFile file) => Schedulers.Any(file.IsUnder) || Libraries.Any(file.IsUnder);

    public static IEnumerable<Violation> UnsaidContinuations(SourceFile file)
    {
        var either = Schedulers.Any(file.IsUnder);
        var awaited = file.Root.DescendantNodes().Select(node => node switch
        {
            AwaitExpressionSyntax expression => expression.Expression,
            CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } loop => loop.Expression,
            _ => null,
        });
        return awaited.OfType<ExpressionSyntax>()
            .Where(expression => !IsConfigured(expression, either) && !IsYield(expression))
            .Select(expression => file.At(expression, either
                ? "await without ConfigureAwait: say whether it continues on the scheduler it came from (true) or anywhere (false)"
                : "await without ConfigureAwait(false): a library must not continue on its caller's scheduler"));
    }

    private static bool IsConfigured(ExpressionSyntax expression, bool either) => Unwrap(expression) is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait" },
        ArgumentList.Arguments: [{ Expression: var argument }],
    } && (either || argument.IsKind(SyntaxKind.FalseLiteralExpression) || argument is MemberAccessExpressionSyntax);

    /// <summary>Task.Yield and a lane's have no ConfigureAwait.</summary>
    private static bool IsYield(ExpressionSyntax expression) =>
        Unwrap(expression) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Yield" } };

    private static ExpressionSyntax Unwrap(ExpressionSyntax expression) => expression is ParenthesizedExpressionSyntax inner ? Unwrap(inner.Expression) : expression;
}
