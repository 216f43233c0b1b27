using Quartier.Client;
using Quartier.Client.Registry;
using Quartier.Gateway.Replay;

namespace Quartier.Cli.Demo;

/// <summary>The city that ships with the repository.</summary>
internal static class SampleCity
{
    public const string Id = "muenster";
    public const string RegistryFile = "deploy/sample-city/muenster.yaml";
    private const string Files = "deploy/sample-city/muenster";

    /// <summary>Its policies, the city's own first.</summary>
    public static IReadOnlyList<string> PolicyFiles { get; } =
    [
        "deploy/sample-city/policies/muenster.yaml",
        "deploy/sample-city/policies/mitte.yaml",
        "deploy/sample-city/policies/hiltrup.yaml",
    ];

    public static string FilesDirectory => RepositoryFile.Find(Files);

    public static CityFiles ReadFiles() => CityFiles.Read(FilesDirectory);

    /// <summary>Registers it; the second time nothing changes.</summary>
    public static async Task<RegistryAnswer> ApplyAsync(QuartierClient client, CancellationToken cancellation)
    {
        var yaml = await File.ReadAllBytesAsync(RepositoryFile.Find(RegistryFile), cancellation).ConfigureAwait(false);
        return await client.ApplyAsync(Id, yaml, dryRun: false, cancellation).ConfigureAwait(false);
    }
}
