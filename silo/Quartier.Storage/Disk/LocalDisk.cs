namespace Quartier.Storage.Disk;

/// <summary>The file system below a data directory.</summary>
internal sealed class LocalDisk(string directory) : IDisk
{
    /// <summary>One write call of zeros while preallocating: large enough to be sequential, small enough to stay in the cache.</summary>
    private const int ZeroChunkBytes = 1 << 20;

    private static readonly byte[] s_zeros = new byte[ZeroChunkBytes];

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder)
    {
        var path = Full(folder);
        if (!Directory.Exists(path))
        {
            return [];
        }

        var names = Directory.GetFiles(path).Select(f => Path.GetFileName(f)).ToList();
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <inheritdoc/>
    public IDiskFile Create(string path, long bytes) => AsIo(() => Allocate(path, bytes));

    /// <inheritdoc/>
    public IDiskFile CreatePrivate(string path) => AsIo(() =>
    {
        var full = Full(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.Delete(full);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(full, options).Dispose();
        NativeSync.FlushDirectory(Path.GetDirectoryName(full)!);
        return Open(path);
    });

    /// <inheritdoc/>
    public bool IsPrivate(string path) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(Full(path)) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) == UnixFileMode.None;

    /// <inheritdoc/>
    public IDiskFile Open(string path) =>
        AsIo(() => new LocalDiskFile(File.OpenHandle(Full(path), FileMode.Open, FileAccess.ReadWrite, FileShare.Read)));

    /// <inheritdoc/>
    public void Delete(string path) => AsIo(() =>
    {
        var full = Full(path);
        if (File.Exists(full))
        {
            File.Delete(full);
            NativeSync.FlushDirectory(Path.GetDirectoryName(full)!);
        }

        return full;
    });

    /// <inheritdoc/>
    public void Move(string from, string to) => AsIo(() =>
    {
        var target = Full(to);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(Full(from), target, overwrite: true);
        NativeSync.FlushDirectory(Path.GetDirectoryName(target)!);
        NativeSync.FlushDirectory(Path.GetDirectoryName(Full(from))!);
        return target;
    });

    // Missing rights are a failure of the disk like any other: acknowledgements wait until someone has repaired it.
    private static T AsIo<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException(denied.Message, denied);
        }
    }

    private LocalDiskFile Allocate(string path, long bytes)
    {
        var full = Full(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var handle = File.OpenHandle(full, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            for (var offset = 0L; offset < bytes; offset += ZeroChunkBytes)
            {
                RandomAccess.Write(handle, s_zeros.AsSpan(0, (int)Math.Min(ZeroChunkBytes, bytes - offset)), offset);
            }

            RandomAccess.FlushToDisk(handle);
        }
        catch (IOException)
        {
            handle.Dispose();
            File.Delete(full);
            throw;
        }

        NativeSync.FlushDirectory(Path.GetDirectoryName(full)!);
        return new LocalDiskFile(handle);
    }

    private string Full(string path) => Path.Combine(directory, path.Replace('/', Path.DirectorySeparatorChar));
}
