using System.Text;
using Quartier.Domain.Ledgers;

namespace Domain.Tests.Ledgers;

public sealed class MerkleTests
{
    private const int Largest = 256;

    private static readonly byte[][] s_entries = [.. Enumerable.Range(0, 700).Select(i => Encoding.ASCII.GetBytes($"entry {i}"))];

    private static readonly Digest[] s_leaves = [.. s_entries.Select(e => TreeHash.Leaf(e))];

    [Fact]
    public void The_published_hashes_of_the_empty_tree_and_the_empty_leaf_come_out()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hex(TreeHash.Empty));
        Assert.Equal("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", Hex(TreeHash.Leaf([])));
    }

    [Fact]
    public void Roots_and_all_proofs_of_all_sizes_are_those_of_the_definition_and_verify()
    {
        var (log, naive) = (new MerkleLog(), new NaiveTree(s_entries));
        for (var size = 1; size <= Largest; size++)
        {
            log.Append(s_leaves[size - 1]);
            var root = new Digest(naive.Root(0, size));
            Assert.Equal(root, log.Root);
            for (var m = 0; m < size; m++)
            {
                var path = log.InclusionProof(m, size, Chunk);
                Assert.Equal(naive.Path(m, 0, size).Select(h => new Digest(h)), path);
                Assert.True(MerkleProof.IsIncluded(s_leaves[m], m, size, path, root));
                Assert.False(MerkleProof.IsIncluded(s_leaves[m], (m + 1) % size, size, path, root) && size > 1);

                var (steps, older) = (log.ConsistencyProof(m, size, Chunk), new Digest(naive.Root(0, m)));
                Assert.Equal(m == 0 ? [] : naive.Proof(m, size).Select(h => new Digest(h)), steps);
                Assert.True(MerkleProof.IsConsistent(m, older, size, root, steps), $"{m} in {size}");
                Assert.False(MerkleProof.IsConsistent(m, s_leaves[^1], size, root, steps), $"{m} in {size}");
            }

            Assert.True(MerkleProof.IsConsistent(size, root, size, root, log.ConsistencyProof(size, size, Chunk)));
        }
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 4)]
    [InlineData(7, 3)]
    [InlineData(8, 0)]
    [InlineData(100, 77)]
    public void A_proof_with_any_byte_flipped_any_hash_dropped_or_added_does_not_verify(int size, int m)
    {
        var log = Log(size);
        var older = Log(Math.Max(m, 1));
        var path = log.InclusionProof(m, size, Chunk);
        var steps = log.ConsistencyProof(older.Size, size, Chunk);
        foreach (var wrong in Changed(path))
        {
            Assert.False(MerkleProof.IsIncluded(s_leaves[m], m, size, wrong, log.Root));
        }

        foreach (var wrong in Changed(steps))
        {
            Assert.False(MerkleProof.IsConsistent(older.Size, older.Root, size, log.Root, wrong));
        }
    }

    [Fact]
    public void Complete_chunks_are_kept_and_older_leaves_are_asked_for_only_where_a_proof_needs_them()
    {
        var log = Log(s_leaves.Length);
        var asked = new HashSet<long>();
        var roots = Enumerable.Range(0, s_leaves.Length + 1).Select(n => TreeHash.Root(s_leaves.AsSpan(0, n))).ToArray();
        for (var m = 1; m < s_leaves.Length; m += 7)
        {
            asked.Clear();
            var path = log.InclusionProof(m, s_leaves.Length, Ask);
            Assert.True(MerkleProof.IsIncluded(s_leaves[m], m, s_leaves.Length, path, roots[^1]));
            Assert.True(asked.Count <= 1, $"inclusion of {m} read {asked.Count} chunks");
            asked.Clear();
            Assert.Equal(roots[m], log.RootAt(m, Ask));
            var steps = log.ConsistencyProof(m, s_leaves.Length - 1, Ask);
            Assert.True(MerkleProof.IsConsistent(m, roots[m], s_leaves.Length - 1, roots[^2], steps));
            Assert.True(asked.Count <= 2, $"consistency of {m} read {asked.Count} chunks");
        }

        IReadOnlyList<Digest> Ask(long chunk)
        {
            asked.Add(chunk);
            return Chunk(chunk);
        }
    }

    private static MerkleLog Log(int size)
    {
        var log = new MerkleLog();
        foreach (var leaf in s_leaves[..size])
        {
            log.Append(leaf);
        }

        return log;
    }

    private static IReadOnlyList<Digest> Chunk(long chunk) => s_leaves[((int)chunk * MerkleLog.ChunkLeaves)..(((int)chunk + 1) * MerkleLog.ChunkLeaves)];

    private static IEnumerable<IReadOnlyList<Digest>> Changed(IReadOnlyList<Digest> proof)
    {
        yield return [.. proof, s_leaves[0]];
        yield return [s_leaves[0], .. proof];
        for (var i = 0; i < proof.Count; i++)
        {
            yield return [.. proof.Take(i), .. proof.Skip(i + 1)];
            for (var at = 0; at < Digest.Bytes; at++)
            {
                var bytes = proof[i].ToArray();
                bytes[at] ^= (byte)(1 << (at % 8));
                yield return [.. proof.Take(i), new Digest(bytes), .. proof.Skip(i + 1)];
            }
        }
    }

    private static string Hex(Digest digest) => Convert.ToHexStringLower(digest.ToArray());
}
