using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Quartier.Storage.Disk;

/// <summary>The two ways of reaching the disk that .NET does not offer: data without time stamps, and directories.</summary>
internal static partial class NativeSync
{
    private const int ReadOnly = 0;

    /// <summary>fdatasync where there is one: on a preallocated file it needs no journal commit of the file system.</summary>
    public static void FlushData(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        if (DataSync(file) != 0)
        {
            throw Failure("fdatasync");
        }
    }

    /// <summary>Makes a directory's entries durable. Windows does so by itself.</summary>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = OpenPath(path, ReadOnly);
        if (descriptor < 0)
        {
            throw Failure($"open {path}");
        }

        try
        {
            if (FullSync(descriptor) != 0)
            {
                throw Failure($"fsync {path}");
            }
        }
        finally
        {
            _ = ClosePath(descriptor);
        }
    }

    private static IOException Failure(string what)
    {
        var code = Marshal.GetLastPInvokeError();
        return new IOException($"{what} failed: {Marshal.GetPInvokeErrorMessage(code)}", code);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenPath(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FullSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int ClosePath(int descriptor);
}
