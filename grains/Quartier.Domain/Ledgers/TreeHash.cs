using System.Security.Cryptography;

namespace Quartier.Domain.Ledgers;

/// <summary>The hashes of a Merkle tree, RFC 9162 section 2.1.1, with SHA-256.</summary>
public static class TreeHash
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>Leaves up to this many bytes are hashed without an array.</summary>
    private const int StackBytes = 1024;

    /// <summary>The root of the empty tree: the hash of nothing.</summary>
    public static Digest Empty { get; } = new(SHA256.HashData([]));

    /// <summary>The hash of a leaf: SHA-256(0x00 || bytes).</summary>
    public static Digest Leaf(ReadOnlySpan<byte> entry)
    {
        Span<byte> input = entry.Length < StackBytes ? stackalloc byte[entry.Length + 1] : new byte[entry.Length + 1];
        input[0] = LeafPrefix;
        entry.CopyTo(input[1..]);
        return Hash(input);
    }

    /// <summary>The hash of a node: SHA-256(0x01 || left || right).</summary>
    public static Digest Node(Digest left, Digest right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Digest.Bytes)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Digest.Bytes)..]);
        return Hash(input);
    }

    /// <summary>The root over leaves that are at hand.</summary>
    public static Digest Root(ReadOnlySpan<Digest> leaves) => leaves.Length switch
    {
        0 => Empty,
        1 => leaves[0],
        _ => Node(Root(leaves[..(int)Split(leaves.Length)]), Root(leaves[(int)Split(leaves.Length)..])),
    };

    /// <summary>The largest power of two that is smaller than the number.</summary>
    /// <param name="size">At least 2.</param>
    internal static long Split(long size) => 1L << (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(size - 1)));

    private static Digest Hash(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[Digest.Bytes];
        _ = SHA256.HashData(input, hash);
        return new(hash);
    }
}
