namespace Quartier.Storage.Disk;

/// <summary>Tells a full disk from other failures.</summary>
internal static class DiskFull
{
    /// <summary>ENOSPC on Linux and macOS; EDQUOT is 122 on Linux and 69 on macOS.</summary>
    private const int NoSpace = 28;
    private const int QuotaLinux = 122;
    private const int QuotaMac = 69;

    /// <summary>ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL on Windows.</summary>
    private const int WindowsHandleDiskFull = 39;
    private const int WindowsDiskFull = 112;

    /// <summary>Whether the operation failed for want of space.</summary>
    public static bool Is(IOException failure) =>
        (failure.HResult & 0xFFFF) is NoSpace or QuotaLinux or QuotaMac or WindowsHandleDiskFull or WindowsDiskFull;
}
