using System.Text;

namespace Quartier.Silo.Accounts;

/// <summary>Files that hold a secret: read by their owner alone, or not at all.</summary>
internal static class PrivateFile
{
    /// <summary>Longest secret in a file, in bytes.</summary>
    public const int BytesMax = 4_096;

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = (UnixFileMode)0b111_111;

    /// <summary>The file's text without white space at its ends.</summary>
    /// <exception cref="IOException">It is missing, too long, or others may read or write it; the message says the mode and the remedy.</exception>
    public static string Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new IOException($"The file {path} is missing.");
        }

        if (OpenTo(path) is { } fault)
        {
            throw new IOException($"{fault} If others may have read it, delete it, so that a new one is made, or replace it.");
        }

        using var reader = new StreamReader(path, Encoding.UTF8);
        var buffer = new char[BytesMax + 1];
        var read = reader.ReadBlock(buffer);
        return read <= BytesMax
            ? new string(buffer, 0, read).Trim()
            : throw new IOException($"{path} is longer than {BytesMax} characters, which no secret here is.");
    }

    /// <summary>What others than its owner may do with the file, and the remedy; null when nothing. Of a link the file behind it counts.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static string? OpenTo(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        using var file = File.OpenHandle(path);
        var mode = File.GetUnixFileMode(file);
        return (mode & Others) == UnixFileMode.None
            ? null
            : $"{path} holds a secret and has mode {Octal(mode)}: others than its owner may use it. Take their rights away: chmod 600 '{path}'.";
    }

    /// <summary>Writes a new file that its owner alone may read; whoever reads it finds all of it or no file.</summary>
    /// <returns>False when there is one already.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public static bool TryCreate(string path, string text)
    {
        var draft = $"{path}.{Environment.ProcessId}.new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Owner;
        }

        using (var stream = new FileStream(draft, options))
        {
            stream.Write(Encoding.UTF8.GetBytes(text + "\n"));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
            return false;
        }
    }

    /// <summary>Makes the directory for its owner alone; one that is there stays as it is.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Owner | UnixFileMode.UserExecute);
        }
    }

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(3, '0');
}
