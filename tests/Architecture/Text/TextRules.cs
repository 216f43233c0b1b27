using System.Text.RegularExpressions;
using Architecture.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Text;

/// <summary>What must not stand in a tracked file, whatever its language.</summary>
internal static partial class TextRules
{
    /// <summary>Unfinished work is not merged: what is left out is left out on purpose, and an issue says so.</summary>
    public static IEnumerable<Violation> Unfinished(SourceFile file)
    {
        if (!file.IsCSharp)
        {
            return Matches(file, UnfinishedMark(), "unfinished work");
        }

        var comments = file.Root.DescendantTrivia()
            .Where(trivia => !trivia.IsDirective && UnfinishedMark().IsMatch(trivia.ToFullString()))
            .Where(trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
                or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia)
            .Select(trivia => new Violation(file.Path, file.Line(trivia.SpanStart), "unfinished work in a comment"));
        var thrown = file.Root.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.Text is "NotImplementedException")
            .Select(name => file.At(name, "NotImplementedException: build it or leave it out"));
        return comments.Concat(thrown);
    }

    /// <summary>A clone builds anywhere: no package source and no folder of somebody's machine is written down.</summary>
    public static IEnumerable<Violation> Places(SourceFile file) =>
        Matches(file, RegistryHost(), "names a package source").Concat(Matches(file, MachinePath(), "names a folder of one machine"));

    /// <summary>npm writes the address of every package that it takes; the lock must hold for every source.</summary>
    public static IEnumerable<Violation> ResolvedAddresses(SourceFile file) => Matches(file, Resolved(), "the npm lock names an address");

    public static IEnumerable<Violation> LooseScripts(SourceFile file, UnixFileMode mode)
    {
        if (!file.Text.StartsWith("#!", StringComparison.Ordinal) || !file.Lines.First().Text.Contains("sh", StringComparison.Ordinal))
        {
            yield break;
        }

        if (!file.Lines.Any(line => line.Text.StartsWith("set -euo pipefail", StringComparison.Ordinal)))
        {
            yield return new(file.Path, 1, "a shell script without set -euo pipefail goes on after a failure");
        }

        if (!mode.HasFlag(UnixFileMode.UserExecute))
        {
            yield return new(file.Path, 1, "the script is not executable: git update-index --chmod=+x");
        }
    }

    /// <summary>Links between the repository's own pages lead somewhere.</summary>
    public static IEnumerable<Violation> DeadLinks(SourceFile page, Func<string, bool> exists) =>
        from line in page.Lines
        from link in Link().Matches(line.Text)
        let target = link.Groups["target"].Value
        where !target.Contains(':', StringComparison.Ordinal) && !target.StartsWith('#')
        let path = Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(page.Path)!, target.Split('#')[0])))
        where !exists(path.Replace('\\', '/'))
        select new Violation(page.Path, line.Number, $"the link to {target} leads nowhere");

    private static IEnumerable<Violation> Matches(SourceFile file, Regex regex, string what) => file.Lines
        .Select(line => (line.Number, Match: regex.Match(line.Text)))
        .Where(line => line.Match.Success)
        .Select(line => new Violation(file.Path, line.Number, $"{what}: {line.Match.Value}"));

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnfinishedMark();

    [GeneratedRegex(@"\b(registry\.npmjs\.org|registry\.yarnpkg\.com|api\.nuget\.org|pypi\.org|proxy\.golang\.org|deb\.debian\.org)\b|https?://[\w.-]*(artifactory|nexus|verdaccio|proget)[\w.-]*",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"(?<![\w./:~-])/(home|root|work|Users)/[\w.-]+|\b[A-Z]:\\+Users\\+\w+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"""resolved""\s*:", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Resolved();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
