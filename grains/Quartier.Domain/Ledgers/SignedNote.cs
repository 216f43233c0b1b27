using System.Security.Cryptography;
using System.Text;

namespace Quartier.Domain.Ledgers;

/// <summary>
/// A checkpoint with its signature: a C2SP signed note. Text, an empty line, and <c>— ORIGIN BASE64</c>, where the base64 holds four bytes of the
/// key's hash and the ECDSA P-256 signature over the text with SHA-256, in DER.
/// </summary>
public static class SignedNote
{
    /// <summary>Lines of a note, each with its newline.</summary>
    public const int Lines = 6;

    /// <summary>Characters of a note at most: a note that is longer is none.</summary>
    public const int CharactersMax = 1_000;

    private const string SignaturePrefix = "— ";
    private const int KeyHashBytes = 4;

    /// <summary>Signs.</summary>
    public static string Sign(Checkpoint checkpoint, ECDsa key)
    {
        var text = checkpoint.Text;
        var signature = key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        byte[] blob = [.. KeyHash(key), .. signature];
        return $"{text}\n{SignaturePrefix}{checkpoint.Origin} {Convert.ToBase64String(blob)}\n";
    }

    /// <summary>The first eight hexadecimal digits of SHA-256 over the public key (SubjectPublicKeyInfo, DER): names a key.</summary>
    public static string KeyId(ECDsa key) => Convert.ToHexStringLower(KeyHash(key));

    /// <summary>Reads a note. Says what is wrong with it, or null when it is a checkpoint of the origin, signed by the key.</summary>
    public static string? Examine(string note, string origin, ECDsa key, out Checkpoint checkpoint)
    {
        checkpoint = new(string.Empty, 0, default, 0);
        var end = note.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || note.Length > CharactersMax || !Checkpoint.TryParse(note[..(end + 1)], out var read))
        {
            return "it is not the text of a checkpoint";
        }

        if (!string.Equals(read.Origin, origin, StringComparison.Ordinal))
        {
            return $"it is a checkpoint of '{read.Origin}', not of '{origin}'";
        }

        var line = note[(end + 2)..];
        var prefix = $"{SignaturePrefix}{origin} ";
        if (!line.StartsWith(prefix, StringComparison.Ordinal) || !line.EndsWith('\n') || !TryDecode(line[prefix.Length..^1], out var blob))
        {
            return "its signature line cannot be read";
        }

        if (!blob.AsSpan(0, KeyHashBytes).SequenceEqual(KeyHash(key)))
        {
            return $"it is signed by another key ({Convert.ToHexStringLower(blob.AsSpan(0, KeyHashBytes))} instead of {KeyId(key)})";
        }

        if (!key.VerifyData(Encoding.UTF8.GetBytes(read.Text), blob.AsSpan(KeyHashBytes), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
        {
            return "its signature is not valid";
        }

        checkpoint = read;
        return null;
    }

    private static byte[] KeyHash(ECDsa key) => SHA256.HashData(key.ExportSubjectPublicKeyInfo())[..KeyHashBytes];

    // One spelling only: .NET would skip white space and accept loose final bits.
    private static bool TryDecode(string text, out byte[] blob)
    {
        blob = new byte[(text.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(text, blob, out var bytes) || bytes <= KeyHashBytes)
        {
            return false;
        }

        blob = blob[..bytes];
        return string.Equals(Convert.ToBase64String(blob), text, StringComparison.Ordinal);
    }
}
