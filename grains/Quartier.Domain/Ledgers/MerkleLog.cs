using System.Numerics;

namespace Quartier.Domain.Ledgers;

/// <summary>
/// A growing Merkle tree (RFC 9162 section 2.1). It keeps all complete subtrees of the newest, incomplete chunk of 256 leaves, and of the others those
/// from 256 leaves up: 64 bytes for 256 entries. Leaves of older chunks are asked for when a proof needs them, of two chunks at most.
/// Used by one thread at a time.
/// </summary>
public sealed class MerkleLog
{
    /// <summary>Leaves of a chunk: subtrees from this size up are kept.</summary>
    public const int ChunkLeaves = 256;

    private const int ChunkLevel = 8;

    private readonly List<List<Digest>> _levels = [];

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>The root over all leaves.</summary>
    public Digest Root => RootAt(Size, NoChunk);

    /// <summary>Appends a leaf.</summary>
    public void Append(Digest leaf)
    {
        Push(leaf);
        Size++;
        if (Size % ChunkLeaves == 0)
        {
            for (var level = 0; level < ChunkLevel; level++)
            {
                _levels[level].Clear();
            }
        }
    }

    /// <summary>The root when the tree had that many leaves.</summary>
    /// <param name="size">0 … <see cref="Size"/>.</param>
    /// <param name="chunks">Gives the leaf hashes of a complete chunk by its number.</param>
    public Digest RootAt(long size, Func<long, IReadOnlyList<Digest>> chunks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return size == 0 ? TreeHash.Empty : Subtree(0, size, chunks);
    }

    /// <summary>The inclusion proof, RFC 9162 section 2.1.3.1: from the leaf's sibling to the root's.</summary>
    /// <param name="index">0 … <paramref name="size"/> - 1.</param>
    /// <param name="size">1 … <see cref="Size"/>.</param>
    /// <param name="chunks">Gives the leaf hashes of a complete chunk by its number.</param>
    public IReadOnlyList<Digest> InclusionProof(long index, long size, Func<long, IReadOnlyList<Digest>> chunks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        var path = new List<Digest>();
        var (start, length) = (0L, size);
        while (length > 1)
        {
            var split = TreeHash.Split(length);
            if (index - start < split)
            {
                path.Add(Subtree(start + split, length - split, chunks));
                length = split;
            }
            else
            {
                path.Add(Subtree(start, split, chunks));
                (start, length) = (start + split, length - split);
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>The consistency proof, RFC 9162 section 2.1.4.1; empty when the sizes are equal or the older is 0.</summary>
    /// <param name="from">The older size: 0 … <paramref name="to"/>.</param>
    /// <param name="to">The newer size: up to <see cref="Size"/>.</param>
    /// <param name="chunks">Gives the leaf hashes of a complete chunk by its number.</param>
    public IReadOnlyList<Digest> ConsistencyProof(long from, long to, Func<long, IReadOnlyList<Digest>> chunks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, Size);
        if (from == 0 || from == to)
        {
            return [];
        }

        var path = new List<Digest>();
        var (start, length, isComplete) = (0L, to, true);
        while (from - start != length)
        {
            var split = TreeHash.Split(length);
            if (from - start <= split)
            {
                path.Add(Subtree(start + split, length - split, chunks));
                length = split;
            }
            else
            {
                path.Add(Subtree(start, split, chunks));
                (start, length, isComplete) = (start + split, length - split, false);
            }
        }

        if (!isComplete)
        {
            path.Add(Subtree(start, length, chunks));
        }

        path.Reverse();
        return path;
    }

    private static IReadOnlyList<Digest> NoChunk(long chunk) =>
        throw new InvalidOperationException($"The root over all leaves asked for the complete chunk {chunk}: the tree is broken.");

    private Digest Subtree(long start, long length, Func<long, IReadOnlyList<Digest>> chunks)
    {
        var isNewest = start / ChunkLeaves == Size / ChunkLeaves;
        if (BitOperations.IsPow2(length) && (length >= ChunkLeaves || isNewest))
        {
            var first = length >= ChunkLeaves ? start : start % ChunkLeaves;
            return _levels[BitOperations.Log2((ulong)length)][(int)(first / length)];
        }

        if (length < ChunkLeaves && !isNewest)
        {
            return TreeHash.Root(Leaves(start, (int)length, chunks));
        }

        var split = TreeHash.Split(length);
        return TreeHash.Node(Subtree(start, split, chunks), Subtree(start + split, length - split, chunks));
    }

    // RFC 9162 splits at powers of two: a subtree of at most 256 leaves lies in one chunk, and one whose size is a power of two begins at a multiple of it.
    private static Digest[] Leaves(long start, int length, Func<long, IReadOnlyList<Digest>> chunks)
    {
        var (leaves, first) = (chunks(start / ChunkLeaves), (int)(start % ChunkLeaves));
        var taken = new Digest[length];
        for (var i = 0; i < length; i++)
        {
            taken[i] = leaves[first + i];
        }

        return taken;
    }

    private void Push(Digest subtree)
    {
        for (var level = 0; ; level++)
        {
            if (level == _levels.Count)
            {
                _levels.Add([]);
            }

            var row = _levels[level];
            row.Add(subtree);
            if (row.Count % 2 == 1)
            {
                return;
            }

            subtree = TreeHash.Node(row[^2], subtree);
        }
    }
}
