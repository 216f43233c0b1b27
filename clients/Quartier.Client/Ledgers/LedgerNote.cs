using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Quartier.Client.Ledgers;

/// <summary>A signed checkpoint as it was read: <c>origin, size, root, time</c>, an empty line, the signature.</summary>
/// <param name="Origin"><c>quartier/CITY</c>.</param>
/// <param name="Size">Number of entries.</param>
/// <param name="Root">Root of the tree over them, base64.</param>
/// <param name="Time">When it was signed, as written.</param>
public sealed record LedgerNote(string Origin, long Size, string Root, string Time)
{
    /// <summary>Lines of a note.</summary>
    private const int Lines = 6;

    private const int KeyHashBytes = 4;

    /// <summary>Loads a public key.</summary>
    /// <param name="pem">SubjectPublicKeyInfo as PEM.</param>
    /// <exception cref="InvalidDataException">It is none, or not on P-256.</exception>
    public static ECDsa LoadKey(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.KeySize == 256 ? key : throw new InvalidDataException($"The key has {key.KeySize} bits; checkpoints are signed on P-256.");
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();
            throw new InvalidDataException($"The public key cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The first eight hexadecimal digits of SHA-256 over the public key: compare them with what the city publishes.</summary>
    public static string KeyId(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, KeyHashBytes));
    }

    /// <summary>Reads a note and verifies its signature.</summary>
    /// <exception cref="InvalidDataException">It is not a checkpoint, or not signed by the key; the message says which.</exception>
    public static LedgerNote Read(string text, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(key);
        var lines = text.Split('\n');
        if (lines.Length != Lines + 1 || lines[4].Length > 0 || lines[6].Length > 0 || !lines[3].StartsWith("time ", StringComparison.Ordinal)
            || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || size.ToString(CultureInfo.InvariantCulture) != lines[1])
        {
            throw new InvalidDataException("it is not the text of a checkpoint");
        }

        var prefix = $"— {lines[0]} ";
        var blob = new byte[512];
        if (!lines[5].StartsWith(prefix, StringComparison.Ordinal) || !Convert.TryFromBase64String(lines[5][prefix.Length..], blob, out var bytes)
            || bytes <= KeyHashBytes || Convert.ToBase64String(blob.AsSpan(0, bytes)) != lines[5][prefix.Length..])
        {
            throw new InvalidDataException("its signature line cannot be read");
        }

        if (Convert.ToHexStringLower(blob.AsSpan(0, KeyHashBytes)) is var signer && signer != KeyId(key))
        {
            throw new InvalidDataException($"it is signed by another key: {signer}, not {KeyId(key)}");
        }

        var signed = Encoding.UTF8.GetBytes(string.Join('\n', lines[..4]) + "\n");
        return key.VerifyData(signed, blob.AsSpan(KeyHashBytes, bytes - KeyHashBytes), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            ? new LedgerNote(lines[0], size, lines[2], lines[3]["time ".Length..])
            : throw new InvalidDataException("its signature is not valid: the text or the signature was changed");
    }

    /// <summary>Splits a file of notes, such as that outside the data directory.</summary>
    public static IEnumerable<string> Split(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Split('\n').Chunk(Lines).Where(c => c.Length == Lines).Select(c => string.Join('\n', c) + "\n");
    }
}
