using System.Globalization;
using Quartier.Contracts.Readings;

namespace Quartier.Storage.Databases;

/// <summary>Numbered SQL files, forward only. The number of the last one applied is the database's user_version.</summary>
internal static class Migrations
{
    private const string Prefix = "Migrations/";

    /// <summary>Opens a connection to a database that is up to date.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="kind"><c>city</c>, <c>partition</c> or <c>records</c>.</param>
    /// <param name="path">Of the file.</param>
    /// <exception cref="StoreException">The database is newer than the program.</exception>
    public static Database Open(IDatabaseFiles files, string kind, string path)
    {
        var database = files.Open(path);
        try
        {
            Apply(database, kind, path);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static void Apply(Database database, string kind, string path)
    {
        var scripts = Scripts(kind);
        var version = database.Scalar("PRAGMA user_version");
        if (version > scripts.Count)
        {
            throw new StoreException(
                $"{path} has format {version}, this program knows formats up to {scripts.Count}. Use the newer program, or restore a backup from before the upgrade.");
        }

        if (version == scripts.Count)
        {
            return;
        }

        database.Begin();
        try
        {
            // Another connection may have been faster: only under the write lock is the version certain.
            for (var next = (int)database.Scalar("PRAGMA user_version"); next < scripts.Count; next++)
            {
                database.Execute(scripts[next]);
            }

            database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={scripts.Count}"));
            database.Commit();
        }
        catch (IOException)
        {
            database.Rollback();
            throw;
        }
    }

    private static List<string> Scripts(string kind)
    {
        var assembly = typeof(Migrations).Assembly;
        var names = assembly.GetManifestResourceNames().Where(n => n.StartsWith($"{Prefix}{kind}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var scripts = new List<string>();
        foreach (var name in names)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            scripts.Add(reader.ReadToEnd());
        }

        return scripts;
    }
}
