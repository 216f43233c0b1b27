using System.Collections.Concurrent;
using System.Diagnostics;

namespace Architecture.Tree;

/// <summary>The working tree that these tests judge: what is tracked, and what would be with the next commit.</summary>
internal sealed class Repository
{
    /// <summary>Larger files are data, not source: the sample city's readings are not searched.</summary>
    private const int MaxSourceBytes = 1 << 20;

    private static readonly Lazy<Repository> LazyCurrent = new(() => Open(Find(AppContext.BaseDirectory)));

    private readonly ConcurrentDictionary<string, SourceFile> _sources = new(StringComparer.Ordinal);

    private Repository(string root, IReadOnlyList<string> files)
    {
        Root = root;
        Files = files;
        CSharp = [.. files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal)).Select(Read).Where(f => !f.IsGenerated)];
    }

    public static Repository Current => LazyCurrent.Value;

    /// <summary>Absolute path of the root, the folder that holds Orleans.sln.</summary>
    public string Root { get; }

    /// <summary>Paths from the root, with forward slashes, in ordinal order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>All C# sources that people write.</summary>
    public IReadOnlyList<SourceFile> CSharp { get; }

    public IEnumerable<SourceFile> Product => CSharp.Where(f => !f.IsTest);

    public IEnumerable<string> Projects => Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal));

    public string Absolute(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));

    public SourceFile Read(string path)
    {
        return _sources.GetOrAdd(path, p => new SourceFile(p, File.ReadAllText(Absolute(p))));
    }

    /// <summary>Text files small enough to be source: data sets and binaries are left out.</summary>
    public IEnumerable<SourceFile> Texts(Func<string, bool> wanted) => Files
        .Where(f => wanted(f) && new FileInfo(Absolute(f)).Length <= MaxSourceBytes)
        .Select(Read)
        .Where(f => !f.Text.Contains('\0', StringComparison.Ordinal));

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {start} holds Orleans.sln: run these tests from a clone of the repository.");
    }

    private static Repository Open(string root)
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git did not start: install it, these tests read the list of tracked files.");
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0)
        {
            throw new InvalidOperationException($"git ls-files ended with {git.ExitCode} in {root}: these tests need a clone of the repository.");
        }

        var files = output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(f => File.Exists(Path.Combine(root, f)))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        return new Repository(root, [.. files]);
    }
}
