using Architecture.Tree;

namespace Architecture.Text;

/// <summary>Each rule finds its bad sample, and leaves the good one beside it alone.</summary>
public sealed class TextRulesTests
{
    [Theory]
    [InlineData("a.cs", "class A;\n// TODO: later", 2)]
    [InlineData("a.cs", "/// <summary>FIXME</summary>\nclass A;", 1)]
    [InlineData("a.cs", "class A\n{\nvoid M() => throw new NotImplementedException();\n}", 3)]
    [InlineData("a.ts", "let a = 1;\n/* HACK */", 2)]
    [InlineData("a.sql", "-- TODO index", 1)]
    public void Unfinished_work_is_found(string path, string text, int line) => Gate.Finds(TextRules.Unfinished(new(path, text)), line);

    [Fact]
    public void A_string_that_names_a_mark_is_no_unfinished_work() => Assert.Empty(TextRules.Unfinished(new("a.cs", "var a = \"TODO\"; // a mastodon")));

    [Theory]
    [InlineData("source: https://registry.npmjs.org/left-pad")]
    [InlineData("<add key=\"x\" value=\"https://api.nuget.org/v3/index.json\" />")]
    [InlineData("https://nexus.example.org/npm")]
    [InlineData("cd /home/anna/quartier")]
    [InlineData("path=\"/work/quartier\"")]
    [InlineData("path = 'C:\\Users\\anna'")]
    public void A_package_source_or_a_machine_s_folder_is_found(string text) => Gate.Finds(TextRules.Places(new("a.yaml", text)), 1);

    [Theory]
    [InlineData("https://example.org/home/page")]
    [InlineData("./work/quartier")]
    [InlineData("/var/lib/quartier")]
    [InlineData("~/work/quartier")]
    public void A_path_that_every_machine_may_have_is_left_alone(string text) => Assert.Empty(TextRules.Places(new("a.yaml", text)));

    [Fact]
    public void An_address_in_an_npm_lock_is_found() => Gate.Finds(TextRules.ResolvedAddresses(new("package-lock.json", "{\n  \"resolved\": \"https://…\"\n}")), 2);

    [Fact]
    public void A_dead_link_is_found()
    {
        var page = new SourceFile("docs/a.md", "[up](../README.md) [here](b.md#part) [web](https://example.org) [own](#part)\n[gone](c.md)");
        Gate.Finds(TextRules.DeadLinks(page, path => path is "README.md" or "docs/b.md"), 2);
    }

    [Fact]
    public void A_loose_script_is_found()
    {
        const UnixFileMode executable = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        var strict = new SourceFile("run", "#!/usr/bin/env bash\nset -euo pipefail\n");
        Assert.Empty(TextRules.LooseScripts(strict, executable));
        Assert.Single(TextRules.LooseScripts(strict, UnixFileMode.UserRead));
        Assert.Single(TextRules.LooseScripts(new("run", "#!/usr/bin/env bash\nset -e\n"), executable));
        Assert.Empty(TextRules.LooseScripts(new("LICENSE", "EUPL"), UnixFileMode.UserRead));
    }

    [Theory]
    [InlineData("a.cs", "#pragma warning disable CA1001", false)]
    [InlineData("a.cs", "#pragma warning disable CA1001 // it", false)]
    [InlineData("a.cs", "#pragma warning disable CA1001 // the host disposes it with the container", true)]
    [InlineData("a.cs", "// The host disposes it with the container.\n#pragma warning disable CA1001", true)]
    [InlineData("a.cs", "#nullable disable", false)]
    [InlineData("a.cs", "[SuppressMessage(\"a\", \"b\")] class A;", false)]
    [InlineData("a.cs", "[SuppressMessage(\"a\", \"b\", Justification = \"<Pending>\")] class A;", false)]
    [InlineData("a.cs", "[SuppressMessage(\"a\", \"b\", Justification = \"The host disposes it.\")] class A;", true)]
    [InlineData("a.csproj", "<NoWarn>CA1001</NoWarn>", false)]
    [InlineData("a.csproj", "<!-- Generated code has no comments. -->\n<NoWarn>CS1591</NoWarn>", true)]
    [InlineData("a.ts", "// eslint-disable-next-line no-console", false)]
    [InlineData("a.ts", "// @ts-expect-error the library's types miss this overload", true)]
    [InlineData("a.svelte", "<!-- svelte-ignore a11y_autofocus -->", false)]
    public void A_suppression_is_found_with_its_reason(string path, string text, bool reason)
    {
        var found = Assert.Single(SuppressionRules.In(new(path, text)));
        Assert.Equal(reason, found.HasReason);
        Assert.Equal(!reason, SuppressionRules.WithoutReason([found]).Any());
    }

    [Fact]
    public void A_restored_warning_is_no_suppression() => Assert.Empty(SuppressionRules.In(new("a.cs", "#pragma warning restore CA1001\n#nullable enable")));

    [Theory]
    [InlineData(3, 3, true)]
    [InlineData(3, 4, false)]
    [InlineData(3, 2, false)]
    public void The_baseline_is_exact(int baseline, int found, bool holds) => Assert.Equal(holds, SuppressionRules.Against(baseline, found) is null);
}
