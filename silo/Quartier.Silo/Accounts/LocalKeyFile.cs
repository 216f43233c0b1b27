using System.Security.Cryptography;
using Quartier.Domain.Principals;

namespace Quartier.Silo.Accounts;

/// <summary>
/// <c>local-key</c> in the data directory: a random key that authenticates the administrator. Whoever can read that directory holds all data
/// anyway, so the key opens nothing new, and the machine's own commands work without a sign-in (ADR 0010).
/// </summary>
internal static class LocalKeyFile
{
    /// <summary>The file's name in the data directory.</summary>
    public const string FileName = "local-key";

    /// <summary>The id of the key: none in the store is so short.</summary>
    public const string Id = "local";

    /// <summary>Reads the key; the first start makes it.</summary>
    /// <exception cref="IOException">Others may read the file, or what it holds is no key; the message says what to do.</exception>
    public static Secret Open(string dataDirectory, RandomNumberGenerator random)
    {
        PrivateFile.CreateDirectory(dataDirectory);
        var path = Path.Combine(dataDirectory, FileName);
        if (!File.Exists(path))
        {
            PrivateFile.TryCreate(path, Secret.New(SecretKind.Key, random, Id).Reveal());
        }

        return Secret.Parse(SecretKind.Key, PrivateFile.Read(path)) is { Id: Id } key
            ? key
            : throw new IOException($"{path} does not hold a local key (qk_{Id}_…). Delete it and start again: a new one is made.");
    }
}
