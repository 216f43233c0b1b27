using Quartier.Storage.Disk;

namespace Quartier.Storage.Databases;

/// <summary>Database files below a data directory.</summary>
internal sealed class LocalDatabaseFiles(string directory) : IDatabaseFiles
{
    private static readonly string[] s_parts = ["", "-wal", "-shm", "-journal"];

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder)
    {
        var path = Full(folder);
        if (!Directory.Exists(path))
        {
            return [];
        }

        var names = Directory.GetFiles(path, "*.db").Select(f => Path.GetFileName(f)).ToList();
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <inheritdoc/>
    public Database Open(string path)
    {
        var full = Full(path);
        var folder = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(folder);
        var isNew = !File.Exists(full);
        var database = Database.OpenFile(full);
        try
        {
            // SQLite syncs the file, but not the entry of a file in WAL mode that it has just created.
            database.Execute("PRAGMA busy_timeout=10000");
            if (isNew)
            {
                database.Execute("PRAGMA page_size=2048");
            }

            database.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA journal_size_limit=4194304");
            if (isNew)
            {
                NativeSync.FlushDirectory(folder);
            }

            return database;
        }
        catch (IOException)
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        // The file itself goes last: as long as it is there, a deletion that was interrupted is done again.
        var full = Full(path);
        foreach (var part in s_parts.Reverse())
        {
            File.Delete(full + part);
        }

        NativeSync.FlushDirectory(Path.GetDirectoryName(full)!);
    }

    /// <inheritdoc/>
    public string SetAside(string path)
    {
        var target = FreeName("set-aside/" + path.Replace('/', '-'));
        var full = Full(target);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        foreach (var part in s_parts.Where(p => File.Exists(Full(path) + p)))
        {
            File.Move(Full(path) + part, full + part);
        }

        NativeSync.FlushDirectory(Path.GetDirectoryName(full)!);
        return target;
    }

    /// <inheritdoc/>
    public long SizeBytes(string path) =>
        s_parts.Where(p => !string.Equals(p, "-shm", StringComparison.Ordinal)).Sum(p => new FileInfo(Full(path) + p) is { Exists: true } file ? file.Length : 0);

    private string FreeName(string path)
    {
        var name = path;
        for (var n = 2; File.Exists(Full(name)); n++)
        {
            name = $"{path}.{n}";
        }

        return name;
    }

    private string Full(string path) => Path.Combine(directory, path.Replace('/', Path.DirectorySeparatorChar));
}
