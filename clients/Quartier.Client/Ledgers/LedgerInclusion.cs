using System.Text;

namespace Quartier.Client.Ledgers;

/// <summary>Verifies that an entry is in a tree, by walking down from the root and back: RFC 9162 section 2.1.3.1 read backwards.</summary>
public static class LedgerInclusion
{
    /// <summary>Whether the line is entry <see cref="LedgerProof.From"/> of the tree with that root.</summary>
    /// <param name="line">The entry's line.</param>
    /// <param name="proof">The proof; its own root and line are not believed.</param>
    /// <param name="root">The root that a signed checkpoint states, base64.</param>
    public static bool Holds(string line, LedgerProof proof, string root)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(proof);
        if (proof.From < 0 || proof.From >= proof.Size)
        {
            return false;
        }

        var hashes = new List<byte[]>();
        foreach (var text in proof.Hashes)
        {
            var hash = new byte[48];
            if (!Convert.TryFromBase64String(text, hash, out var bytes) || bytes != 32)
            {
                return false;
            }

            hashes.Add(hash[..32]);
        }

        var left = hashes.Count;
        var found = Climb(LedgerTree.Leaf([0, .. Encoding.UTF8.GetBytes(line)]), proof.From, proof.Size, hashes, ref left);
        return found is not null && left == 0 && string.Equals(Convert.ToBase64String(found), root, StringComparison.Ordinal);
    }

    // The proof's last hash is the sibling of the uppermost split.
    private static byte[]? Climb(byte[] leaf, long index, long size, List<byte[]> hashes, ref int left)
    {
        if (size == 1)
        {
            return leaf;
        }

        if (left == 0)
        {
            return null;
        }

        var sibling = hashes[--left];
        var split = 1L;
        while (split * 2 < size)
        {
            split *= 2;
        }

        var isLeft = index < split;
        var own = isLeft ? Climb(leaf, index, split, hashes, ref left) : Climb(leaf, index - split, size - split, hashes, ref left);
        if (own is null)
        {
            return null;
        }

        var parent = new byte[32];
        LedgerTree.Combine(isLeft ? own : sibling, isLeft ? sibling : own, parent);
        return parent;
    }
}
