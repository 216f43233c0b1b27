using System.Diagnostics;
using System.Text.Json;
using Architecture.Tree;

namespace Architecture.Dependencies;

/// <summary>
/// <c>-p:Engine=Orleans</c> selects the real packages and drops the embedded engine. The project files are evaluated, not restored:
/// not every package source carries Orleans.
/// </summary>
public sealed class OrleansEvaluationTests
{
    [Theory]
    [InlineData("grains/Quartier.Contracts/Quartier.Contracts.csproj", "Microsoft.Orleans.Sdk")]
    [InlineData("grains/Quartier.Grains/Quartier.Grains.csproj", "Microsoft.Orleans.Sdk")]
    [InlineData("silo/Quartier.Silo/Quartier.Silo.csproj", "Microsoft.Orleans.Server")]
    public async Task Engine_Orleans_takes_the_published_packages_and_no_embedded_engine(string project, string package)
    {
        using var answer = await Evaluate(project, "Orleans");
        Assert.Contains(package, Items(answer, "PackageReference"));
        Assert.DoesNotContain(Items(answer, "ProjectReference"), path => path.Contains("Quartier.Engine", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_default_takes_the_embedded_engine_and_no_Orleans_package()
    {
        using var answer = await Evaluate("grains/Quartier.Grains/Quartier.Grains.csproj", "Embedded");
        Assert.DoesNotContain(Items(answer, "PackageReference"), package => package.StartsWith("Microsoft.Orleans", StringComparison.Ordinal));
        Assert.Contains(Items(answer, "ProjectReference"), path => path.EndsWith("Quartier.Engine.csproj", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Embedded")]
    [InlineData("Orleans")]
    public void Either_engine_lets_grains_wake_for_as_long(string engine) => Assert.Contains(
        "collection.ActivationTimeout = ActivationLimit.Time",
        File.ReadAllText(Path.Combine(Repository.Current.Root, "silo", "Quartier.Silo", "Engines", engine, "EngineHost.cs")),
        StringComparison.Ordinal);

    private static async Task<JsonDocument> Evaluate(string project, string engine)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", project, "-nologo", $"-p:Engine={engine}", "-getItem:PackageReference", "-getItem:ProjectReference"])
        {
            WorkingDirectory = Repository.Current.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"dotnet msbuild {project} ended with {process.ExitCode}: {output}{await error}");
        return JsonDocument.Parse(output);
    }

    private static List<string> Items(JsonDocument answer, string kind) =>
        [.. answer.RootElement.GetProperty("Items").GetProperty(kind).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];
}
