using System.Text;

namespace Quartier.Storage.Tests;

/// <summary>Looks for a text in the bytes of every file of a store, also while it is open.</summary>
internal static class MarkedFiles
{
    public static List<string> Of(TemporaryDirectory data, string marker)
    {
        var sought = Encoding.UTF8.GetBytes(marker);
        return [.. Directory.GetFiles(data.Path, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) != "lock" && Bytes(f).AsSpan().IndexOf(sought) >= 0)];
    }

    private static byte[] Bytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
