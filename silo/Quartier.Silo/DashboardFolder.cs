namespace Quartier.Silo;

/// <summary>Finds the built page.</summary>
internal static class DashboardFolder
{
    /// <summary>Beside the program when it is installed, in the source tree when it runs from there.</summary>
    public static string Find()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "dashboard");
        if (Directory.Exists(beside))
        {
            return beside;
        }

        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var source = Path.Combine(directory.FullName, "clients", "dashboard");
            if (Directory.Exists(source))
            {
                return Path.Combine(source, "dist");
            }
        }

        return beside;
    }
}
