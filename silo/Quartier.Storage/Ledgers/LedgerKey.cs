using System.Security.Cryptography;
using System.Text;
using Quartier.Contracts.Readings;
using Quartier.Storage.Disk;

namespace Quartier.Storage.Ledgers;

/// <summary>The ECDSA P-256 key that signs the checkpoints of an installation.</summary>
internal sealed class LedgerKey : IDisposable
{
    /// <summary>A key file that is longer holds something else.</summary>
    private const int BytesMax = 10_000;

    private const string New = "key.new";

    private LedgerKey(ECDsa key) => Key = key;

    /// <summary>The key.</summary>
    public ECDsa Key { get; }

    /// <summary>The public key as PEM.</summary>
    public string PublicPem => Key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Whether a key was made before.</summary>
    public static bool Exists(IDisk disk) => disk.List("ledger").Contains("key.pem", StringComparer.Ordinal);

    /// <summary>Loads the key, or makes it at the first start.</summary>
    /// <exception cref="StoreException">The file is no key, or others may read it.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public static LedgerKey Open(IDisk disk) => Exists(disk) ? Load(disk) : Make(disk);

    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();

    private static LedgerKey Load(IDisk disk)
    {
        if (!disk.IsPrivate(LedgerPaths.Key))
        {
            throw new StoreException(
                $"{LedgerPaths.Key} in the data directory can be read by other accounts, who could then sign a forged ledger. Run chmod 600 on it.");
        }

        using var file = disk.Open(LedgerPaths.Key);
        var bytes = new byte[Math.Min(file.Length, BytesMax)];
        _ = file.Read(0, bytes);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(Encoding.ASCII.GetString(bytes));
            return new LedgerKey(key);
        }
        catch (Exception failure) when (failure is ArgumentException or CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();
            throw new StoreException($"{LedgerPaths.Key} in the data directory holds no private key: {failure.Message} Restore it from the backup.", failure);
        }
    }

    // Written aside and moved into place: a crash leaves no half key.
    private static LedgerKey Make(IDisk disk)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            using (var file = disk.CreatePrivate("ledger/" + New))
            {
                file.Write(0, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
                file.Flush();
            }

            disk.Move("ledger/" + New, LedgerPaths.Key);
            return new LedgerKey(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
