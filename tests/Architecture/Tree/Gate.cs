namespace Architecture.Tree;

/// <summary>Turns a rule's findings into a test result.</summary>
internal static class Gate
{
    /// <summary>Fails with one line for each violation.</summary>
    public static void Holds(IEnumerable<Violation> violations)
    {
        var lines = violations
            .OrderBy(v => v.Path, StringComparer.Ordinal)
            .ThenBy(v => v.Line)
            .Select(v => v.ToString())
            .ToList();
        if (lines.Count > 0)
        {
            Assert.Fail($"{lines.Count} violation(s)\n{string.Join('\n', lines)}");
        }
    }

    /// <summary>Fails unless the rule finds exactly one violation, on that line of the sample: a rule that cannot fail guards nothing.</summary>
    public static void Finds(IEnumerable<Violation> violations, int line)
    {
        var found = Assert.Single(violations);
        Assert.Equal(line, found.Line);
    }
}
