using System.Text;
using Quartier.Client.Ledgers;

namespace Quartier.Storage.Tests.Ledgers;

/// <summary>An export in memory, to be altered and verified.</summary>
internal static class ExportFile
{
    public static async Task<List<string>> LinesAsync(EmbeddedStore store)
    {
        var lines = new List<string>();
        await foreach (var line in store.LedgerReader.ExportAsync(LedgerBed.City, CancellationToken.None))
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
        }

        return lines;
    }

    public static byte[] Bytes(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")));

    public static Task<LedgerVerdict> VerifyAsync(IEnumerable<string> lines, string? key = null, params string[] known) => VerifyAsync(Bytes(lines), key, known);

    public static async Task<LedgerVerdict> VerifyAsync(byte[] export, string? key = null, params string[] known)
    {
        using var stream = new MemoryStream(export);
        return await LedgerVerifier.VerifyAsync(stream, key, known, CancellationToken.None);
    }
}
