namespace Quartier.Benchmarks.Processes;

/// <summary>Finds what the other projects of this checkout were built to.</summary>
internal static class BuildOutput
{
    /// <summary>The path of a project's assembly, in the same configuration as this one.</summary>
    /// <exception cref="FileNotFoundException">It has not been built.</exception>
    public static string Of(string folder, string project)
    {
        var here = AppContext.BaseDirectory;
        var configuration = here.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        for (var directory = new DirectoryInfo(here); directory is not null; directory = directory.Parent)
        {
            if (!File.Exists(Path.Combine(directory.FullName, "Orleans.sln")))
            {
                continue;
            }

            var path = Path.Combine(directory.FullName, folder, project, "bin", configuration, "net10.0", $"{project}.dll");
            return File.Exists(path)
                ? path
                : throw new FileNotFoundException($"{path} is missing. Build it first: dotnet build -c {configuration} {folder}/{project}", path);
        }

        throw new FileNotFoundException($"No checkout with Orleans.sln above {here}.");
    }
}
