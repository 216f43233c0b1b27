namespace Quartier.Domain.Ledgers;

/// <summary>Verifies proofs without the tree.</summary>
public static class MerkleProof
{
    /// <summary>Whether a leaf is in the tree with that root: RFC 9162 section 2.1.3.2.</summary>
    public static bool IsIncluded(Digest leaf, long index, long size, IReadOnlyList<Digest> proof, Digest root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        var (node, last, hash) = (index, size - 1, leaf);
        foreach (var step in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = TreeHash.Node(step, hash);
                SkipLeftEdges(ref node, ref last);
            }
            else
            {
                hash = TreeHash.Node(hash, step);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }

    /// <summary>Whether the older tree is the beginning of the newer: RFC 9162 section 2.1.4.2. Everything begins with the empty tree.</summary>
    public static bool IsConsistent(long from, Digest fromRoot, long to, Digest toRoot, IReadOnlyList<Digest> proof)
    {
        if (from < 0 || from > to)
        {
            return false;
        }

        if (from == 0 || from == to)
        {
            return proof.Count == 0 && (from == to ? fromRoot == toRoot : fromRoot == TreeHash.Empty);
        }

        var isWhole = (from & (from - 1)) == 0;
        if (proof.Count == 0 && !isWhole)
        {
            return false;
        }

        var (node, last) = (from - 1, to - 1);
        while ((node & 1) == 1)
        {
            (node, last) = (node >> 1, last >> 1);
        }

        var older = isWhole ? fromRoot : proof[0];
        var newer = older;
        for (var i = isWhole ? 0 : 1; i < proof.Count; i++)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                (older, newer) = (TreeHash.Node(proof[i], older), TreeHash.Node(proof[i], newer));
                SkipLeftEdges(ref node, ref last);
            }
            else
            {
                newer = TreeHash.Node(newer, proof[i]);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && older == fromRoot && newer == toRoot;
    }

    // On the right edge levels without a sibling have no step in the proof.
    private static void SkipLeftEdges(ref long node, ref long last)
    {
        while ((node & 1) == 0 && node != 0)
        {
            (node, last) = (node >> 1, last >> 1);
        }
    }
}
