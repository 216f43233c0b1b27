namespace Quartier.Cli.Demo;

/// <summary>Finds files of the repository from wherever the program runs.</summary>
internal static class RepositoryFile
{
    /// <summary>Looks from the current directory and from the program's own upwards.</summary>
    /// <param name="relative">Path from the repository's root.</param>
    /// <returns>The full path, or null when there is no such file or directory.</returns>
    public static string? TryFind(string relative) => TryFind(Environment.CurrentDirectory, relative) ?? TryFind(AppContext.BaseDirectory, relative);

    /// <summary>As <see cref="TryFind(string)"/>, but the file must be there.</summary>
    /// <exception cref="FileNotFoundException">It is not.</exception>
    public static string Find(string relative) => TryFind(relative)
        ?? throw new FileNotFoundException($"There is no {relative} here or above. Run this from the repository, or name the file.");

    private static string? TryFind(string start, string relative)
    {
        for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
        {
            var path = Path.Combine(directory.FullName, relative);
            if (Path.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
