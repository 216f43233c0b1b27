using System.Text.RegularExpressions;
using Architecture.Tree;

namespace Architecture.Text;

/// <summary>docs/mqtt-conformance.md names a test for each normative statement of MQTT, and these tests exist.</summary>
public sealed partial class StatementTests
{
    private const string Page = "docs/mqtt-conformance.md";

    [Fact]
    public void Every_test_that_a_statement_names_exists()
    {
        var tests = Repository.Current
            .Texts(path => path.StartsWith("tests/Mqtt.Tests/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file.Path), file => file.Text, StringComparer.Ordinal);
        Gate.Holds(
            from line in Repository.Current.Read(Page).Lines
            from Match name in TestName().Matches(line.Text)
            where !Exists(tests, name.Groups[1].Value, name.Groups[2].Value)
            select new Violation(Page, line.Number, $"there is no test {name.Value} in tests/Mqtt.Tests"));
    }

    [Fact]
    public void Every_statement_has_a_test_or_a_reason() => Gate.Holds(
        from line in Repository.Current.Read(Page).Lines
        where line.Text.StartsWith("| [MQTT-", StringComparison.Ordinal) && line.Text.Split('|')[3].Trim().Length == 0
        select new Violation(Page, line.Number, "the statement has neither test nor reason"));

    [Fact]
    public void A_test_that_is_gone_would_be_found()
    {
        var tests = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "void There(" };
        Assert.True(Exists(tests, "A", "There"));
        Assert.False(Exists(tests, "A", "The"));
        Assert.False(Exists(tests, "B", "There"));
    }

    private static bool Exists(Dictionary<string, string> tests, string type, string name) =>
        tests.TryGetValue(type, out var text) && text.Contains($" {name}(", StringComparison.Ordinal);

    [GeneratedRegex("`([A-Z][A-Za-z]+)\\.([A-Z][A-Za-z0-9_]+)`", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName();
}
