using System.Security.Cryptography;

namespace Quartier.Client.Ledgers;

/// <summary>
/// The root of a Merkle tree (RFC 9162 section 2.1.1) over leaves that come one by one: of each power of two at most one finished subtree is held.
/// Written apart from the server's, so that an error in one is found by the other.
/// </summary>
internal sealed class LedgerTree
{
    private const int HashBytes = 32;
    private const int Levels = 63;

    private readonly byte[] _subtrees = new byte[Levels * HashBytes];

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; }

    /// <summary>The hash of a leaf.</summary>
    /// <param name="prefixed">A zero byte and the entry's line.</param>
    public static byte[] Leaf(ReadOnlySpan<byte> prefixed) => SHA256.HashData(prefixed);

    /// <summary>Takes the next leaf.</summary>
    /// <param name="prefixed">A zero byte and the entry's line.</param>
    public void Add(ReadOnlySpan<byte> prefixed)
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        SHA256.HashData(prefixed, hash);
        var level = 0;
        for (; (Size >> level & 1) == 1; level++)
        {
            Combine(Subtree(level), hash, hash);
        }

        hash.CopyTo(Subtree(level));
        Size++;
    }

    /// <summary>The root, as base64.</summary>
    public string Root()
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        var isBegun = false;
        for (var level = 0; level < Levels; level++)
        {
            if ((Size >> level & 1) == 0)
            {
                continue;
            }

            if (isBegun)
            {
                Combine(Subtree(level), hash, hash);
            }
            else
            {
                Subtree(level).CopyTo(hash);
                isBegun = true;
            }
        }

        return Convert.ToBase64String(isBegun ? hash : SHA256.HashData([]));
    }

    /// <summary>SHA-256(0x01 || left || right).</summary>
    public static void Combine(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> into)
    {
        Span<byte> input = stackalloc byte[1 + (2 * HashBytes)];
        input[0] = 1;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + HashBytes)..]);
        SHA256.HashData(input, into);
    }

    private Span<byte> Subtree(int level) => _subtrees.AsSpan(level * HashBytes, HashBytes);
}
