using System.Globalization;
using System.Text.RegularExpressions;
using Architecture.Shape;
using Architecture.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Text;

/// <summary>Every suppression has a reason beside it, and there are never more of them than before.</summary>
internal static partial class SuppressionRules
{
    /// <summary>A reason is a sentence, not a word.</summary>
    private const int MinReasonLength = 15;

    public static IEnumerable<Suppression> In(SourceFile file) => file switch
    {
        { IsCSharp: true } => Pragmas(file).Concat(SuppressMessages(file)),
        _ when file.Path.EndsWith(".csproj", StringComparison.Ordinal) || file.Path.EndsWith(".props", StringComparison.Ordinal) => Lines(file, ProjectSwitch()),
        _ when file.Path.EndsWith(".ts", StringComparison.Ordinal) || file.Path.EndsWith(".svelte", StringComparison.Ordinal)
            || file.Path.EndsWith(".js", StringComparison.Ordinal) || file.Path.EndsWith(".mjs", StringComparison.Ordinal) => Lines(file, ScriptComment()),
        _ => [],
    };

    public static IEnumerable<Violation> WithoutReason(IEnumerable<Suppression> suppressions) => suppressions
        .Where(suppression => !suppression.HasReason)
        .Select(suppression => new Violation(suppression.Path, suppression.Line, $"{suppression.What} without a reason: write why, on the line or above it"));

    /// <summary>The number may only fall: a lower one becomes the new baseline.</summary>
    /// <returns>What is wrong with the number, or null.</returns>
    public static string? Against(int baseline, int found) => found.CompareTo(baseline) switch
    {
        > 0 => string.Create(CultureInfo.InvariantCulture, $"{found} suppressions, the baseline is {baseline}: mend the code, or raise the baseline in the open (CONTRIBUTING.md)"),
        < 0 => string.Create(CultureInfo.InvariantCulture, $"{found} suppressions, fewer than the baseline {baseline}: lower it, QUARTIER_UPDATE_SNAPSHOT=1 ./quartier check"),
        _ => null,
    };

    private static IEnumerable<Suppression> Pragmas(SourceFile file)
    {
        foreach (var trivia in file.Root.DescendantTrivia())
        {
            if (trivia.GetStructure() is PragmaWarningDirectiveTriviaSyntax pragma && pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword))
            {
                yield return At(file, file.Line(trivia.SpanStart), $"#pragma warning disable {pragma.ErrorCodes}");
            }
            else if (trivia.GetStructure() is NullableDirectiveTriviaSyntax nullable && nullable.SettingToken.IsKind(SyntaxKind.DisableKeyword))
            {
                yield return At(file, file.Line(trivia.SpanStart), "#nullable disable");
            }
        }
    }

    private static IEnumerable<Suppression> SuppressMessages(SourceFile file) =>
        from attribute in file.Root.DescendantNodes().OfType<AttributeSyntax>()
        where Names.Simple(attribute.Name) is "SuppressMessage" or "UnconditionalSuppressMessage"
        let reason = attribute.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.Text is "Justification")?.Expression.ToString()
        select new Suppression(file.Path, file.Line(attribute), attribute.ToString(), reason is not null && IsReason(reason.Trim('"')));

    private static IEnumerable<Suppression> Lines(SourceFile file, Regex wanted) => file.Lines
        .Select(line => (line.Number, Match: wanted.Match(line.Text)))
        .Where(line => line.Match.Success)
        .Select(line => At(file, line.Number, line.Match.Value));

    /// <summary>The reason is a comment after the suppression on its line, or the comment line above.</summary>
    private static Suppression At(SourceFile file, int line, string what)
    {
        var lines = file.Text.Split('\n');
        var own = lines[line - 1];
        var above = line > 1 ? lines[line - 2] : string.Empty;
        var reasons = new[] { own, above }.Select(text => Comment().Match(text)).Where(match => match.Success).Select(match => match.Groups["text"].Value);
        return new(file.Path, line, what.Trim(), reasons.Any(IsReason));
    }

    private static bool IsReason(string text) => !text.Contains("<Pending>", StringComparison.OrdinalIgnoreCase)
        && ScriptComment().Replace(text, string.Empty).Trim(' ', '/', '*', '-', '>', '<', '!').Length >= MinReasonLength;

    [GeneratedRegex(@"(//|/\*|<!--)(?<text>.*)|^(?<text>.*)-->", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"eslint-disable[\w-]*( [\w/@-]+)?|@ts-(ignore|expect-error|nocheck)|svelte-ignore( \w+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ScriptComment();

    [GeneratedRegex(@"<(NoWarn|RunAnalyzers|TreatWarningsAsErrors>false|WarningsNotAsErrors|NuGetAudit>false)\b[^>]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProjectSwitch();
}
