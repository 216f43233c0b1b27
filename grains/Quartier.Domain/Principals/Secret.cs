using System.Buffers.Text;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Quartier.Domain.Principals;

/// <summary>
/// A secret that is found by an id and proved by 32 random bytes. As text: <c>qk_ID_…</c>, the bytes as 43 characters of base64url (RFC 4648, 5).
/// Only <see cref="Hash"/> is ever stored: 256 random bits need no slow hash. It has no <c>ToString</c> that shows it.
/// </summary>
public sealed class Secret
{
    /// <summary>Random bytes of a secret.</summary>
    public const int Bytes = 32;

    /// <summary>Longest id, in characters.</summary>
    public const int IdMax = 32;

    private const int TextLength = 43;
    private const int IdBytes = 8;

    private readonly byte[] _bytes;
    private byte[]? _hash;

    private Secret(SecretKind kind, string id, byte[] bytes) => (Kind, Id, _bytes) = (kind, id, bytes);

    /// <summary>What it is for.</summary>
    public SecretKind Kind { get; }

    /// <summary>By what it is found; lower-case letters and digits.</summary>
    public string Id { get; }

    /// <summary>SHA-256 of the random bytes.</summary>
    public ImmutableArray<byte> Hash => ImmutableCollectionsMarshal.AsImmutableArray(_hash ??= SHA256.HashData(_bytes));

    /// <summary>Makes one.</summary>
    /// <param name="kind">What it is for.</param>
    /// <param name="random">A source for secrets.</param>
    /// <param name="id">Its id; null for a random one of 16 characters.</param>
    public static Secret New(SecretKind kind, RandomNumberGenerator random, string? id = null)
    {
        var bytes = new byte[Bytes];
        random.GetBytes(bytes);
        if (id is null)
        {
            var name = new byte[IdBytes];
            random.GetBytes(name);
            id = Convert.ToHexStringLower(name);
        }

        return new(kind, id, bytes);
    }

    /// <summary>Reads one of the kind; null when the text is none.</summary>
    public static Secret? Parse(SecretKind kind, ReadOnlySpan<char> text)
    {
        var prefix = Prefix(kind);
        if (!text.StartsWith(prefix, StringComparison.Ordinal) || text.Length <= prefix.Length + TextLength + 1 || text[^(TextLength + 1)] != '_')
        {
            return null;
        }

        var id = text[prefix.Length..^(TextLength + 1)];
        var bytes = new byte[Bytes];
        return id.Length <= IdMax && IsId(id) && Base64Url.TryDecodeFromChars(text[^TextLength..], bytes, out var written) && written == Bytes
            ? new(kind, id.ToString(), bytes)
            : null;
    }

    /// <summary>Whether it is the secret of which this is the digest; takes the same time whatever differs.</summary>
    public bool Proves(ImmutableArray<byte> hash) => CryptographicOperations.FixedTimeEquals(Hash.AsSpan(), hash.AsSpan());

    /// <summary>The secret itself, to be shown once.</summary>
    public string Reveal() => $"{Prefix(Kind)}{Id}_{Base64Url.EncodeToString(_bytes)}";

    private static string Prefix(SecretKind kind) => kind switch
    {
        SecretKind.Key => "qk_",
        SecretKind.Session => "qs_",
        SecretKind.Link => "ql_",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of secret."),
    };

    private static bool IsId(ReadOnlySpan<char> id)
    {
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
