namespace Architecture.Dependencies;

/// <summary>
/// Who may know whom, written once: the table of CONTRIBUTING.md as data. Arrows point towards Contracts; a row is changed in the open, with its
/// reason in CONTRIBUTING.md. Test projects may reference any product project and are never referenced themselves.
/// </summary>
internal static class ProjectTable
{
    private const string Engine = "Quartier.Engine";
    private const string Generator = "Quartier.Engine.Generator";
    private const string Contracts = "Quartier.Contracts";
    private const string Domain = "Quartier.Domain";
    private const string Grains = "Quartier.Grains";
    private const string Mqtt = "Quartier.Mqtt";
    private const string Storage = "Quartier.Storage";
    private const string Api = "Quartier.Api";
    private const string Client = "Quartier.Client";
    private const string Gateway = "Quartier.Gateway";

    private static readonly string[] InputAndOutput =
        ["System.Net.", "System.IO.File", "System.IO.FileStream", "System.IO.Directory", "System.Diagnostics.Process"];

    private static readonly string[] OwnClocks =
        ["System.TimeProvider", "System.Threading.Timer", "System.Threading.PeriodicTimer", "System.Diagnostics.Stopwatch"];

    private static readonly string[] OwnThreads = ["System.Threading.Thread", "System.Threading.ThreadPool", "System.Threading.Monitor", "System.Threading.Lock"];

    public static IReadOnlyDictionary<string, ProjectRow> Rows { get; } = new ProjectRow[]
    {
        new(Engine, [], []),
        new(Generator, [], ["Microsoft.CodeAnalysis.CSharp"]),
        new(Contracts, [Engine, Generator], [], Unused: [.. InputAndOutput, .. OwnClocks]),
        new(Domain, [Contracts], ["YamlDotNet"], Unused: [.. InputAndOutput, .. OwnClocks, "Orleans."]),
        new(Grains, [Engine, Generator, Contracts, Domain], [], Unused: [.. InputAndOutput, .. OwnThreads]),
        new(Mqtt, [], [], Web: true),
        new(
            Storage,
            [Engine, Generator, Contracts, Domain],
            ["Microsoft.Data.Sqlite", "SQLitePCLRaw.bundle_e_sqlite3", "SQLitePCLRaw.core", "Npgsql", "NetTopologySuite"]),
        new(Api, [Engine, Generator, Contracts, Domain], ["Microsoft.AspNetCore.OpenApi", "Microsoft.IdentityModel.JsonWebTokens"], Web: true),
        // The API description's generator runs in the composition root too: it comes with the reference to the API.
        new("Quartier.Silo", [Engine, Generator, Contracts, Domain, Grains, Mqtt, Storage, Api], ["Microsoft.AspNetCore.OpenApi"], Web: true),
        new(Client, [], []),
        new(Gateway, [], ["CsvHelper", "NodaTime", "System.CommandLine", "Spectre.Console"]),
        new("Quartier.Cli", [Client, Gateway], ["System.CommandLine", "Spectre.Console"]),
    }.ToDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>Analyzers and code-style packages that Directory.Build.props gives to every project.</summary>
    public static IReadOnlyList<string> ForEveryProject { get; } =
        ["Meziantou.Analyzer", "Microsoft.CodeAnalysis.BannedApiAnalyzers", "Microsoft.VisualStudio.Threading.Analyzers", "SonarAnalyzer.CSharp"];

    /// <summary>Assemblies whose name is not that of the package which brings them.</summary>
    public static IReadOnlyDictionary<string, string> PackageOfAssembly { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SQLitePCLRaw.batteries_v2"] = "SQLitePCLRaw.bundle_e_sqlite3",
        ["Microsoft.CodeAnalysis"] = "Microsoft.CodeAnalysis.CSharp",
        ["Microsoft.OpenApi"] = "Microsoft.AspNetCore.OpenApi",
        ["Microsoft.IdentityModel.Tokens"] = "Microsoft.IdentityModel.JsonWebTokens",
    };
}
