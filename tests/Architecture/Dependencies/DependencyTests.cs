using Architecture.Tree;

namespace Architecture.Dependencies;

public sealed class DependencyTests
{
    private static Repository Repository => Repository.Current;

    private static IEnumerable<ProjectFile> Projects => Repository.Projects.Select(path => ProjectFile.Read(path, p => Repository.Read(p).Text));

    [Fact]
    public void Projects_reference_only_what_the_table_allows() => Gate.Holds(Projects.SelectMany(DependencyRules.References));

    [Fact]
    public void Assemblies_use_only_what_the_table_allows() => Gate.Holds(Projects.Where(p => !p.IsTest).SelectMany(Compiled));

    [Fact]
    public void Every_row_of_the_table_is_a_project() =>
        Assert.Equal(ProjectTable.Rows.Keys.Order(StringComparer.Ordinal), Projects.Where(p => !p.IsTest).Select(p => p.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_package_that_is_used_has_a_version_in_one_place()
    {
        var versions = ProjectFile.Read("Directory.Packages.props", p => Repository.Read(p).Text.Replace("PackageVersion", "PackageReference", StringComparison.Ordinal));
        var known = versions.Packages.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        Gate.Holds(
            from project in Projects
            from package in project.Packages
            where !known.Contains(package.Name)
            select new Violation(project.Path, package.Line, $"{package.Name} has no version in Directory.Packages.props"));
    }

    [Fact]
    public void A_forbidden_project_package_or_framework_is_found_through_an_import_too()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grains/Quartier.Domain/Quartier.Domain.csproj"] = """
                <Project Sdk="Microsoft.NET.Sdk">
                  <Import Project="../../engine/Engine.props" />
                  <ItemGroup>
                    <ProjectReference Include="..\Quartier.Contracts\Quartier.Contracts.csproj" />
                    <PackageReference Include="Npgsql" />
                    <FrameworkReference Include="Microsoft.AspNetCore.App" />
                  </ItemGroup>
                </Project>
                """,
            ["engine/Engine.props"] = """
                <Project>
                  <ItemGroup Condition="'$(Engine)' == 'Embedded'"><ProjectReference Include="$(RepositoryRoot)engine/Quartier.Engine/Quartier.Engine.csproj" /></ItemGroup>
                  <ItemGroup Condition="'$(Engine)' == 'Orleans'"><PackageReference Include="Microsoft.Orleans.Sdk" /></ItemGroup>
                </Project>
                """,
        };
        var project = ProjectFile.Read("grains/Quartier.Domain/Quartier.Domain.csproj", path => files[path]);
        Assert.Equal([2, 5, 6], DependencyRules.References(project).Select(v => v.Line));
    }

    [Fact]
    public void A_project_without_a_row_is_found() =>
        Gate.Finds(DependencyRules.References(ProjectFile.Read("silo/Quartier.New/Quartier.New.csproj", _ => "<Project />")), 1);

    [Theory]
    [InlineData("Quartier.Domain", "Quartier.Engine", true)]
    [InlineData("Quartier.Domain", "YamlDotNet", false)]
    [InlineData("Quartier.Grains", "Npgsql", true)]
    [InlineData("Quartier.Grains", "Quartier.Storage", true)]
    [InlineData("Quartier.Grains", "Microsoft.AspNetCore.Http", true)]
    [InlineData("Quartier.Grains", "Microsoft.Extensions.Logging.Abstractions", false)]
    [InlineData("Quartier.Api", "Microsoft.Data.Sqlite", true)]
    [InlineData("Quartier.Api", "Microsoft.AspNetCore.Http", false)]
    [InlineData("Quartier.Storage", "SQLitePCLRaw.batteries_v2", false)]
    [InlineData("Quartier.Client", "Quartier.Contracts", true)]
    [InlineData("Quartier.Client", "System.CommandLine", true)]
    [InlineData("Quartier.Client", "System.Net.Http", false)]
    [InlineData("Quartier.Cli", "System.CommandLine", false)]
    [InlineData("Quartier.Cli", "Quartier.Grains", true)]
    public void A_forbidden_assembly_is_found(string project, string reference, bool found)
    {
        var violations = DependencyRules.Compiled(ProjectTable.Rows[project], "sample", new([reference], []));
        Assert.Equal(found, violations.Any());
    }

    [Theory]
    [InlineData("Quartier.Domain", "System.TimeProvider", true)]
    [InlineData("Quartier.Domain", "System.Net.Http.HttpClient", true)]
    [InlineData("Quartier.Domain", "System.IO.FileStream", true)]
    [InlineData("Quartier.Domain", "System.IO.Stream", false)]
    [InlineData("Quartier.Domain", "System.TimeZoneInfo", false)]
    [InlineData("Quartier.Grains", "System.TimeProvider", false)]
    [InlineData("Quartier.Grains", "System.Threading.ThreadPool", true)]
    [InlineData("Quartier.Storage", "System.IO.FileStream", false)]
    public void A_forbidden_type_is_found(string project, string type, bool found)
    {
        var violations = DependencyRules.Compiled(ProjectTable.Rows[project], "sample", new([], [type]));
        Assert.Equal(found, violations.Any());
    }

    [Fact]
    public void References_and_types_are_read_from_a_compiled_assembly()
    {
        var own = CompiledAssembly.Read(typeof(DependencyTests).Assembly.Location);
        Assert.Contains("Microsoft.CodeAnalysis.CSharp", own.References);
        Assert.Contains("System.Xml.Linq.XDocument", own.Types);
    }

    private static IEnumerable<Violation> Compiled(ProjectFile project)
    {
        if (!ProjectTable.Rows.TryGetValue(project.Name, out var row))
        {
            return [];
        }

        var output = new DirectoryInfo(Path.Combine(Path.GetDirectoryName(Repository.Absolute(project.Path))!, "bin", Configuration()));
        var assembly = output.Exists ? output.EnumerateFiles(project.Name + ".dll", SearchOption.AllDirectories).MaxBy(f => f.LastWriteTimeUtc) : null;
        return assembly is null
            ? [new(project.Path, 1, $"not compiled for {Configuration()}: run dotnet build Orleans.sln -c {Configuration()}")]
            : DependencyRules.Compiled(row, project.Path, CompiledAssembly.Read(assembly.FullName));
    }

    /// <summary>The configuration these tests were built in: …/bin/Release/net10.0/.</summary>
    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
