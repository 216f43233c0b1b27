namespace Gateway.Tests;

internal static class RepositoryPath
{
    public static string Of(string relative)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Orleans.sln")))
            {
                return Path.Combine(directory.FullName, relative);
            }
        }

        throw new DirectoryNotFoundException($"The repository's root is not above {AppContext.BaseDirectory}.");
    }
}
