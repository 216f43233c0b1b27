using System.Security.Cryptography;

namespace Domain.Tests.Ledgers;

/// <summary>RFC 9162 section 2.1 word by word; what was hashed once is remembered.</summary>
internal sealed class NaiveTree(IReadOnlyList<byte[]> entries)
{
    private readonly Dictionary<(int Start, int Count), byte[]> _roots = [];

    /// <summary>MTH(D[start:start + n]).</summary>
    public byte[] Root(int start, int n)
    {
        if (!_roots.TryGetValue((start, n), out var root))
        {
            root = n switch
            {
                0 => SHA256.HashData([]),
                1 => SHA256.HashData([0, .. entries[start]]),
                _ => SHA256.HashData([1, .. Root(start, K(n)), .. Root(start + K(n), n - K(n))]),
            };
            _roots.Add((start, n), root);
        }

        return root;
    }

    /// <summary>PATH(m, D[start:start + n]).</summary>
    public List<byte[]> Path(int m, int start, int n)
    {
        if (n == 1)
        {
            return [];
        }

        var k = K(n);
        return m < k ? [.. Path(m, start, k), Root(start + k, n - k)] : [.. Path(m - k, start + k, n - k), Root(start, k)];
    }

    /// <summary>PROOF(m, D[n]).</summary>
    public List<byte[]> Proof(int m, int n) => SubProof(m, 0, n, b: true);

    private List<byte[]> SubProof(int m, int start, int n, bool b)
    {
        if (m == n)
        {
            return b ? [] : [Root(start, n)];
        }

        var k = K(n);
        return m <= k
            ? [.. SubProof(m, start, k, b), Root(start + k, n - k)]
            : [.. SubProof(m - k, start + k, n - k, b: false), Root(start, k)];
    }

    private static int K(int n)
    {
        var k = 1;
        while (k * 2 < n)
        {
            k *= 2;
        }

        return k;
    }
}
