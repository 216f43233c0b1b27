using System.Globalization;
using Quartier.Contracts.Readings;

namespace Quartier.Storage.Disk;

/// <summary>Holds the data directory for this process alone. The operating system releases it when the process ends, however it ends.</summary>
internal sealed class DirectoryLock : IDisposable
{
    /// <summary>The file that is held.</summary>
    public const string FileName = "lock";

    /// <summary>The file that tells people who holds it.</summary>
    public const string HolderFileName = "lock.pid";

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of an existing directory.</summary>
    /// <exception cref="StoreException">Another process, or another store in this process, holds it.</exception>
    public static DirectoryLock Take(string directory)
    {
        var path = Path.Combine(directory, FileName);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException failure)
        {
            throw new StoreException(
                $"The data directory {directory} is in use by process {Holder(directory)}. Stop that process, or start this one on another directory.", failure);
        }

        WriteHolder(directory);
        return new DirectoryLock(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // The lock file itself cannot be read while it is held, hence a second one for people.
    private static void WriteHolder(string directory) =>
        File.WriteAllText(HolderPath(directory), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    private static string Holder(string directory)
    {
        try
        {
            return File.ReadAllText(HolderPath(directory)).Trim();
        }
        catch (IOException)
        {
            return "(unknown)";
        }
    }

    private static string HolderPath(string directory) => Path.Combine(directory, HolderFileName);
}
