using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Quartier.Engine.Generator;

/// <summary>Why nothing was generated, and where the cause stands.</summary>
internal sealed record Problem(string Text, string File, TextSpan Span, LinePositionSpan Lines)
{
    private static readonly DiagnosticDescriptor Rule = new(
        "QUARTIER001",
        "The embedded engine cannot call this",
        "{0}",
        "Quartier.Engine",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static Problem At(ISymbol symbol, string text)
    {
        var location = symbol.Locations[0];
        var lines = location.GetLineSpan();
        return new Problem(text, lines.Path, location.SourceSpan, lines.Span);
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Rule, Location.Create(File, Span, Lines), Text);
}
