namespace Architecture.Tree;

/// <summary>One place that breaks a rule, printed as <c>path:line: text</c> so that editors and terminals can jump to it.</summary>
/// <param name="Path">Path from the repository's root, with forward slashes.</param>
/// <param name="Line">Line, counted from 1.</param>
/// <param name="Text">What is wrong, the limit, and the remedy.</param>
internal sealed record Violation(string Path, int Line, string Text)
{
    public override string ToString() => $"{Path}:{Line}: {Text}";
}
