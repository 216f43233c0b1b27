namespace Quartier.Cli.Demo;

/// <summary>How to start a silo.</summary>
/// <param name="Program">Path of Quartier.Silo.dll.</param>
/// <param name="DataDirectory">Where it keeps its data.</param>
/// <param name="HttpPort">0 for any free one.</param>
internal sealed record SiloOptions(string Program, string DataDirectory, int HttpPort)
{
    private const string ProgramVariable = "QUARTIER_SILO";

    /// <summary>Finds the silo's program: as named, by the environment, or built in this repository.</summary>
    /// <param name="named">What the user named, or null.</param>
    /// <exception cref="SiloException">It is nowhere.</exception>
    public static string FindProgram(string? named)
    {
        if ((named ?? Environment.GetEnvironmentVariable(ProgramVariable)) is { Length: > 0 } given)
        {
            return File.Exists(given) ? given : throw new SiloException($"There is no silo at {Path.GetFullPath(given)}.");
        }

        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Debug";
        string[] folders = [configuration, "Release", "Debug"];
        var candidates = folders.Select(folder => Path.Combine("silo", "Quartier.Silo", "bin", folder, "net10.0", "Quartier.Silo.dll"));
        return candidates.Select(RepositoryFile.TryFind).FirstOrDefault(path => path is not null)
            ?? throw new SiloException(
                "The silo's program is not built here. Build it with 'dotnet build silo/Quartier.Silo', "
                + $"or name Quartier.Silo.dll with --silo or the environment variable {ProgramVariable}.");
    }
}
