using System.Security.Cryptography;

namespace Quartier.Silo.Accounts;

/// <summary>
/// <c>publication-secret</c> in the data directory: what the noise of published cells is made from. It stays with the data, so that the same cell has the
/// same noise after a restart and after a restore.
/// </summary>
internal static class PublicationSecretFile
{
    /// <summary>The file's name in the data directory.</summary>
    public const string FileName = "publication-secret";

    private const int SecretBytes = 32;

    /// <summary>Reads the secret; the first start makes it.</summary>
    /// <exception cref="IOException">Others may read the file, or what it holds is no secret; the message says what to do.</exception>
    public static byte[] Open(string dataDirectory, RandomNumberGenerator random)
    {
        var path = Path.Combine(dataDirectory, FileName);
        if (!File.Exists(path))
        {
            var made = new byte[SecretBytes];
            random.GetBytes(made);
            PrivateFile.TryCreate(path, Convert.ToHexStringLower(made));
        }

        var text = PrivateFile.Read(path);
        return text.Length == 2 * SecretBytes && text.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text)
            : throw new IOException(
                $"{path} holds {text.Length} characters where {2 * SecretBytes} hexadecimal digits are expected. Restore it from a backup: a new secret gives published cells new noise.");
    }
}
