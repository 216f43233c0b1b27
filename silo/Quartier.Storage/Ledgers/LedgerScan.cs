using System.Globalization;
using System.Text;
using Quartier.Domain.Ledgers;
using Quartier.Storage.Disk;

namespace Quartier.Storage.Ledgers;

/// <summary>
/// Reads a city's ledger at the start and holds every entry against the checkpoints. It ends with the ledger as it counts, or with the first thing
/// that was changed.
/// </summary>
internal sealed class LedgerScan(IDisk disk, string city, LedgerState state)
{
    /// <summary>A crash tears at most one piece, which ends with a whole line.</summary>
    private const long TornMax = LedgerLimits.PieceBytes + EntryLine.BytesMax;

    private IReadOnlyList<SignedRoot> _roots = [];
    private int _next;
    private long _signed;

    /// <summary>What was changed; null when nothing was.</summary>
    public string? Broken { get; private set; }

    /// <summary>The newest checkpoint with which the entries agree; null when there is none.</summary>
    public Checkpoint? Good => _next == 0 ? null : _roots[_next - 1].Checkpoint;

    /// <summary>What a crash tore and was cut off; null when nothing was.</summary>
    public string? Torn { get; private set; }

    /// <summary>Reads all segments.</summary>
    /// <param name="roots">In order of size.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Run(IReadOnlyList<SignedRoot> roots)
    {
        (_roots, _signed) = (roots, roots.Count == 0 ? 0 : roots[^1].Checkpoint.Size);
        var names = disk.List(LedgerPaths.Folder(city)).Where(n => LedgerPaths.TryFirst(n, out _)).ToList();
        for (var i = 0; i < names.Count && Broken is null; i++)
        {
            _ = LedgerPaths.TryFirst(names[i], out var first);
            var segment = new LedgerSegment($"{LedgerPaths.Folder(city)}/{names[i]}", first);
            if (first != state.Tree.Size)
            {
                Broken = $"entries from {state.Tree.Size} on are not where they were: the next file is {names[i]}";
                return;
            }

            Read(segment, isLast: i == names.Count - 1);
            state.Segments.Adopt(segment);
        }

        if (Broken is null && state.Tree.Size < _signed)
        {
            Broken = $"entries {state.Tree.Size} … {_signed - 1} are missing: {roots[^1].Name} knows them, so entries were cut off, or an older copy was put in place";
        }
    }

    private void Read(LedgerSegment segment, bool isLast)
    {
        using var file = disk.Open(segment.Path);
        var length = file.Length;
        var reader = new LineReader(file, 0, length);
        while (Broken is null && reader.TryNext(out var line))
        {
            if (!Take(line, new LinePlace(state.Segments.All.Count, segment.Bytes)))
            {
                Judge(segment, length, isLast, "is not the entry that belongs there");
                return;
            }

            segment.Bytes = reader.Offset;
            Compare();
        }

        if (Broken is null && segment.Bytes < length)
        {
            Judge(segment, length, isLast, "has no end");
        }
    }

    private bool Take(ReadOnlySpan<byte> line, LinePlace place)
    {
        var index = state.Tree.Size;
        if (!HasIndex(line, index) || (index >= _signed && (!EntryLine.TryRead(line, out var read, out _) || read != index)))
        {
            return false;
        }

        state.Append(TreeHash.Leaf(line), place, line);
        return true;
    }

    // What the checkpoints know cannot be torn: it was durable when they were signed.
    private void Judge(LedgerSegment segment, long length, bool isLast, string what)
    {
        var index = state.Tree.Size;
        if (index >= _signed && isLast && length - segment.Bytes <= TornMax)
        {
            Torn = $"{length - segment.Bytes} bytes behind entry {index - 1} were torn by a crash before they were acknowledged, and were cut off";
            return;
        }

        Broken = $"entry {index} was changed, dropped or moved: the line at byte {segment.Bytes} of {segment.Path} {what}";
    }

    private void Compare()
    {
        while (_next < _roots.Count && _roots[_next].Checkpoint.Size == state.Tree.Size)
        {
            if (_roots[_next].Checkpoint.Root != state.Tree.Root)
            {
                var from = _next == 0 ? 0 : _roots[_next - 1].Checkpoint.Size;
                Broken = $"an entry between {from} and {state.Tree.Size - 1} was changed: together they do not hash to {_roots[_next].Name}";
                return;
            }

            _next++;
        }
    }

    private static bool HasIndex(ReadOnlySpan<byte> line, long index)
    {
        Span<byte> expected = stackalloc byte[32];
        return Encoding.ASCII.TryGetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"index\":{index},"), expected, out var written)
            && line.StartsWith(expected[..written]);
    }
}
