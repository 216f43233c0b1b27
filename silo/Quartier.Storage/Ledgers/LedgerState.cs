using Quartier.Domain.Ledgers;
using Quartier.Domain.Time;

namespace Quartier.Storage.Ledgers;

/// <summary>What is held in memory of a city's ledger: the tree from 256 entries up, and where and when each 256 entries begin.</summary>
internal sealed class LedgerState(LedgerSegments segments) : IDisposable
{
    private const int TimeCharacters = 24;

    private readonly List<LinePlace> _places = [];
    private readonly List<long> _times = [];

    /// <summary>The tree over all entries that count.</summary>
    public MerkleLog Tree { get; } = new();

    /// <summary>The files.</summary>
    public LedgerSegments Segments { get; } = segments;

    /// <summary>Counts an entry that is durable.</summary>
    public void Append(Digest leaf, LinePlace place, ReadOnlySpan<byte> line)
    {
        if (Tree.Size % MerkleLog.ChunkLeaves == 0)
        {
            _places.Add(place);
            _times.Add(TimeOf(line));
        }

        Tree.Append(leaf);
    }

    /// <summary>Reads the lines of a range of entries, until the visitor has enough.</summary>
    public void Read(long from, LineVisitor visit)
    {
        if (from >= Tree.Size)
        {
            return;
        }

        var skip = from % MerkleLog.ChunkLeaves;
        Segments.Read(_places[(int)(from / MerkleLog.ChunkLeaves)], line => skip-- > 0 || visit(line));
    }

    /// <summary>The leaf hashes of a complete chunk.</summary>
    public IReadOnlyList<Digest> Leaves(long chunk)
    {
        var leaves = new List<Digest>(MerkleLog.ChunkLeaves);
        Segments.Read(_places[(int)chunk], line =>
        {
            leaves.Add(TreeHash.Leaf(line));
            return leaves.Count < MerkleLog.ChunkLeaves;
        });
        return leaves;
    }

    /// <summary>An entry from which on all entries of that time or later follow.</summary>
    public long FirstBefore(long timeMs)
    {
        var chunk = _times.FindIndex(t => t >= timeMs);
        return Math.Max(0, (chunk < 0 ? _times.Count : chunk) - 1) * (long)MerkleLog.ChunkLeaves;
    }

    /// <inheritdoc/>
    public void Dispose() => Segments.Dispose();

    // {"index":N,"time":"2026-07-01T00:00:00.000Z", …
    private static long TimeOf(ReadOnlySpan<byte> line)
    {
        var key = line.IndexOf(",\"time\":\""u8);
        return key >= 0 && line.Length > key + 9 + TimeCharacters && IsoTime.TryParse(line.Slice(key + 9, TimeCharacters), out var ms) ? ms : 0;
    }
}
