using Quartier.Storage.Databases;
using Quartier.Storage.Disk;

namespace Quartier.Storage.Simulated;

/// <summary>
/// Files and databases in memory that behave like a disk at its worst: every operation can be made to fail, or to be the moment of a
/// crash. Databases are real SQLite in memory; a commit is atomic and durable, and happens or does not.
/// </summary>
internal sealed class SimulatedDisk(int seed) : IDisk, IDatabaseFiles
{
    private const int NoSpace = 28;

    private readonly Random _random = new(seed);
    private readonly SortedDictionary<string, SimulatedFile> _files = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Database> _databases = new(StringComparer.Ordinal);
    private bool _crashed;

    /// <summary>Operations so far.</summary>
    public int Steps { get; private set; }

    /// <summary>The operation that crashes the machine; 0 for none.</summary>
    public int CrashAt { get; set; }

    /// <summary>The operation that fails; 0 for none.</summary>
    public int FailAt { get; set; }

    /// <summary>Allocating files and committing databases fails for want of space.</summary>
    public bool IsFull { get; set; }

    /// <summary>What happened at each step, for messages.</summary>
    public string LastStep { get; private set; } = string.Empty;

    /// <summary>Restarts the machine after a loss of power.</summary>
    public void PowerUp() => Restart(file => file.Crash());

    /// <summary>Restarts the process after it was killed: what it wrote is still there, synced or not.</summary>
    public void RestartProcess() => Restart(file => file.Kill());

    /// <summary>Flips bits in a file.</summary>
    public void Corrupt(string path, int offset, int length) => _files[path].Corrupt(offset, length);

    /// <summary>The files' paths.</summary>
    public IEnumerable<string> Paths => _files.Keys;

    /// <summary>What a file holds.</summary>
    public byte[] Content(string path)
    {
        var bytes = new byte[_files[path].Length];
        _ = _files[path].Read(0, bytes);
        return bytes;
    }

    /// <summary>Puts another content in a file's place, as somebody with access to the disk can.</summary>
    public void Replace(string path, byte[] bytes)
    {
        var file = new SimulatedFile(this, 0);
        file.Write(0, bytes);
        file.Flush();
        _files[path] = file;
    }

    /// <summary>Takes a file away.</summary>
    public void Remove(string path) => _files.Remove(path);

    /// <summary>The databases' names.</summary>
    public IEnumerable<string> Databases => _databases.Keys;

    IReadOnlyList<string> IDisk.List(string folder) => Names(_files.Keys, folder);

    IReadOnlyList<string> IDatabaseFiles.List(string folder) => Names(_databases.Keys, folder);

    public IDiskFile Create(string path, long bytes)
    {
        Step($"create {path}");
        if (IsFull)
        {
            throw new IOException("No space left on device", NoSpace);
        }

        var file = new SimulatedFile(this, (int)bytes);
        _files[path] = file;
        return file.Open(path);
    }

    public IDiskFile CreatePrivate(string path) => Create(path, 0);

    public bool IsPrivate(string path) => true;

    IDiskFile IDisk.Open(string path) => _files.TryGetValue(path, out var file) ? file.Open(path) : throw new FileNotFoundException(path);

    void IDisk.Delete(string path)
    {
        Step($"delete {path}");
        _files.Remove(path);
    }

    public void Move(string from, string to)
    {
        Step($"move {from}");
        _files[to] = _files[from];
        _files.Remove(from);
    }

    Database IDatabaseFiles.Open(string path)
    {
        Step($"open {path}");
        if (!_databases.TryGetValue(path, out var database))
        {
            database = Database.OpenMemory(() => Commit(path));
            _databases.Add(path, database);
        }

        return database;
    }

    void IDatabaseFiles.Delete(string path)
    {
        Step($"delete {path}");
        _databases.Remove(path);
    }

    string IDatabaseFiles.SetAside(string path)
    {
        Step($"move {path}");
        var target = "set-aside/" + path.Replace('/', '-');
        _databases[target] = _databases[path];
        _databases.Remove(path);
        return target;
    }

    long IDatabaseFiles.SizeBytes(string path) => _databases[path].Scalar("PRAGMA page_count") * 4096;

    /// <summary>One operation: it may crash or fail here.</summary>
    internal void Step(string what)
    {
        if (_crashed)
        {
            throw new SimulatedCrashException($"{what}, after the crash");
        }

        Steps++;
        LastStep = what;
        if (Steps == CrashAt)
        {
            _crashed = true;
            throw new SimulatedCrashException($"step {Steps}: {what}");
        }

        if (Steps == FailAt)
        {
            throw new IOException($"Simulated failure at step {Steps}: {what}");
        }
    }

    /// <summary>A coin, for what the disk leaves to chance.</summary>
    internal bool Toss() => _random.Next(2) == 0;

    private static List<string> Names(IEnumerable<string> paths, string folder) =>
        [.. paths.Where(p => string.Equals(Path.GetDirectoryName(p), folder, StringComparison.Ordinal)).Select(p => Path.GetFileName(p))];

    private void Commit(string path)
    {
        Step($"commit {path}");
        if (IsFull)
        {
            throw new DatabaseException(13, "database or disk is full");
        }
    }

    private void Restart(Action<SimulatedFile> lose)
    {
        _crashed = false;
        CrashAt = 0;
        foreach (var file in _files.Values)
        {
            lose(file);
        }

        foreach (var database in _databases.Values)
        {
            database.Dispose();
        }
    }
}
