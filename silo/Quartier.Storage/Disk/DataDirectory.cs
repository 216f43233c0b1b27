using System.Globalization;
using Microsoft.Extensions.Logging;
using Quartier.Contracts.Readings;

namespace Quartier.Storage.Disk;

/// <summary>
/// The directory that holds everything: readings, names, the registry. On Unix it is its owner's alone, so that the files within need no thought:
/// whoever cannot enter the directory reaches none of them.
/// </summary>
internal static class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>What only a store leaves behind: a directory that holds one of them was made by an earlier version of the program.</summary>
    private static readonly string[] s_marks = [DirectoryLock.FileName, DirectoryLock.HolderFileName, Cities.CityDatabase.FileName];

    /// <summary>
    /// Creates the directory for its owner alone. One that others may enter is closed to them, and logged, when a store made it; one that somebody
    /// else made is left as it is and refused: it may be shared on purpose.
    /// </summary>
    /// <exception cref="StoreException">The directory is open to others and not a store's, or its mode cannot be changed.</exception>
    public static void Prepare(string directory, ILogger logger)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        if (!Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory, OwnerOnly);
            return;
        }

        // The mode of a link says nothing; that of the directory behind it counts.
        var real = Directory.ResolveLinkTarget(directory, returnFinalTarget: true)?.FullName ?? directory;
        var mode = File.GetUnixFileMode(real);
        if ((mode & Others) == UnixFileMode.None)
        {
            return;
        }

        if (!Array.Exists(s_marks, mark => File.Exists(Path.Combine(directory, mark))))
        {
            throw Refusal(directory, mode, "and no store made it, so it is left as it is", null);
        }

        Tighten(directory, real, mode, logger);
    }

    private static void Tighten(string directory, string real, UnixFileMode mode, ILogger logger)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(real, mode & ~Others);
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or IOException)
        {
            throw Refusal(directory, mode, "and this user may not change that", denied);
        }

        Log.DirectoryTightened(logger, directory, Octal(mode));
    }

    private static StoreException Refusal(string directory, UnixFileMode mode, string why, Exception? cause) => new(
        $"The data directory {directory} is open to other users (mode {Octal(mode)}, 0700 is needed), {why}. "
        + $"Run: chmod 700 '{directory}', or name a directory that does not exist yet.",
        cause);

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0').ToString(CultureInfo.InvariantCulture);
}
