using System.Globalization;
using Architecture.Tree;

namespace Architecture.Text;

public sealed class TextTests
{
    private const string BaselinePath = "tests/Architecture/suppressions.baseline.txt";

    /// <summary>These tests name what they look for.</summary>
    private const string Own = "tests/Architecture/";

    private static readonly string[] Prose = [".md", ".txt", ".csv", ".geojson", ".snap"];

    private static readonly Lazy<IReadOnlyList<Suppression>> Suppressions = new(() =>
        [.. Repository.Current.Texts(path => !IsLock(path) && !path.StartsWith(Own, StringComparison.Ordinal)).SelectMany(SuppressionRules.In)]);

    private static Repository Repository => Repository.Current;

    [Fact]
    public void Nothing_is_unfinished() => Gate.Holds(Repository
        .Texts(path => !IsLock(path) && !Prose.Any(end => path.EndsWith(end, StringComparison.Ordinal)))
        .Where(file => file.IsCSharp || !file.Path.StartsWith(Own, StringComparison.Ordinal))
        .SelectMany(TextRules.Unfinished));

    [Fact]
    public void No_file_names_a_package_source_or_a_machine_s_folder() => Gate.Holds(Repository
        .Texts(path => !path.StartsWith(Own, StringComparison.Ordinal))
        .SelectMany(TextRules.Places));

    [Fact]
    public void Npm_locks_hold_for_every_source() => Gate.Holds(Repository
        .Files.Where(path => path.EndsWith("package-lock.json", StringComparison.Ordinal))
        .Select(Repository.Read)
        .SelectMany(TextRules.ResolvedAddresses));

    [Fact]
    public void Links_between_pages_lead_somewhere()
    {
        var files = Repository.Files.ToHashSet(StringComparer.Ordinal);
        Gate.Holds(Repository
            .Texts(path => path.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(page => TextRules.DeadLinks(page, path => files.Contains(path) || Directory.Exists(Repository.Absolute(path)))));
    }

    [Fact]
    public void Every_package_has_its_reason_and_licence()
    {
        var reasons = Repository.Read("CONTRIBUTING.md").Text;
        Gate.Holds(
            from line in Repository.Read("Directory.Packages.props").Lines
            let start = line.Text.IndexOf("PackageVersion Include=\"", StringComparison.Ordinal)
            where start >= 0
            let name = line.Text[start..].Split('"')[1]
            where !reasons.Contains(name.Replace("Microsoft.Orleans", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal)
            select new Violation("Directory.Packages.props", line.Number, $"{name} has no row under Packages in CONTRIBUTING.md"));
    }

    [Fact]
    public void Scripts_stop_at_a_failure_and_can_be_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no executable bit.");
        Gate.Holds(Repository.Texts(path => path.EndsWith(".sh", StringComparison.Ordinal) || !Path.GetFileName(path).Contains('.', StringComparison.Ordinal))
            .SelectMany(file => TextRules.LooseScripts(file, OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(Repository.Absolute(file.Path)))));
    }

    [Fact]
    public void Every_suppression_has_a_reason() => Gate.Holds(SuppressionRules.WithoutReason(Suppressions.Value));

    [Fact]
    public void The_number_of_suppressions_only_falls()
    {
        var path = Repository.Absolute(BaselinePath);
        var found = Suppressions.Value.Count;
        var baseline = int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture);
        if (Environment.GetEnvironmentVariable("QUARTIER_UPDATE_SNAPSHOT") is "1" && found < baseline)
        {
            File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{found}\n"));
            baseline = found;
        }

        var wrong = SuppressionRules.Against(baseline, found);
        Assert.True(wrong is null, $"{wrong}\n{string.Join('\n', Suppressions.Value.Select(s => $"{s.Path}:{s.Line}: {s.What}"))}");
    }

    [Fact]
    public void Every_project_is_in_the_solution_and_locked()
    {
        var solution = Repository.Read("Orleans.sln").Text.Replace('\\', '/');
        Gate.Holds(Repository.Projects.SelectMany(project => Missing(project, solution, Repository.Files)));
    }

    [Fact]
    public void A_project_outside_the_solution_or_without_a_lock_is_found()
    {
        Assert.Equal(2, Missing("silo/A/A.csproj", "\"silo/B/A.csproj\"", ["silo/B/packages.lock.json"]).Count());
        Assert.Empty(Missing("silo/A/A.csproj", "\"silo/A/A.csproj\"", ["silo/A/packages.lock.json"]));
    }

    private static IEnumerable<Violation> Missing(string project, string solution, IEnumerable<string> files)
    {
        if (!solution.Contains($"\"{project}\"", StringComparison.Ordinal))
        {
            yield return new(project, 1, "not in Orleans.sln: dotnet sln add");
        }

        if (!files.Contains(project[..(project.LastIndexOf('/') + 1)] + "packages.lock.json", StringComparer.Ordinal))
        {
            yield return new(project, 1, "no packages.lock.json beside it: dotnet restore, and commit it");
        }
    }

    private static bool IsLock(string path) =>
        path.EndsWith("package-lock.json", StringComparison.Ordinal) || path.EndsWith("packages.lock.json", StringComparison.Ordinal);
}
