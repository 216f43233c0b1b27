using System.Globalization;
using Quartier.Benchmarks.Processes;

namespace Quartier.Benchmarks.FullDisk;

/// <summary>A small file system in memory, mounted for a test, with a ballast file that fills it as far as wanted.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string BallastName = "ballast";
    private const int PieceBytes = 1 << 20;

    /// <summary>The last pieces are pages, so that not one is left.</summary>
    private const int PageBytes = 4_096;

    private static readonly byte[] Zeros = new byte[PieceBytes];

    private SmallDisk(string directory) => Path = directory;

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    /// <summary>Bytes that can still be written.</summary>
    public long FreeBytes => new DriveInfo(Path).AvailableFreeSpace;

    private string Ballast => System.IO.Path.Combine(Path, BallastName);

    /// <summary>Mounts one on an empty directory.</summary>
    /// <exception cref="NoMountException">This process may not mount; the message has the remedy.</exception>
    public static async Task<SmallDisk> MountAsync(string directory, int mebibytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new NoMountException("it needs Linux, where a file system can be mounted in memory");
        }

        Directory.CreateDirectory(directory);
        var size = string.Create(CultureInfo.InvariantCulture, $"size={mebibytes}m,mode=0700");
        var (code, said) = await RunAsync("mount", "-t", "tmpfs", "-o", size, "quartier-full-disk", directory).ConfigureAwait(false);
        return code == 0 ? new(directory) : throw new NoMountException(said);
    }

    /// <summary>Lets the ballast grow until at most so many bytes are free; 0 fills the disk to its last page.</summary>
    public void FillUntil(long freeBytes)
    {
        using var file = File.OpenHandle(Ballast, FileMode.OpenOrCreate, FileAccess.Write);
        foreach (var piece in (int[])[PieceBytes, PageBytes])
        {
            try
            {
                while (FreeBytes >= freeBytes + piece)
                {
                    RandomAccess.Write(file, Zeros.AsSpan(0, piece), RandomAccess.GetLength(file));
                }
            }
            catch (IOException) when (FreeBytes < PieceBytes)
            {
                // Full: somebody else took what was left, which is what was wanted.
                continue;
            }
        }
    }

    /// <summary>Removes the ballast.</summary>
    public void Free() => File.Delete(Ballast);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var (code, said) = await RunAsync("umount", Path).ConfigureAwait(false);
        if (code != 0)
        {
            await Console.Error.WriteLineAsync($"{Path} is still mounted: {said}. Remove it with: umount {Path}").ConfigureAwait(false);
        }
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, params string[] arguments)
    {
        using var process = Pinned.Start(program, arguments, cpu: null, redirectError: true);
        var error = await process.StandardError.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return (process.ExitCode, error.Trim());
    }
}
