using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Quartier.Contracts.Registry;
using Quartier.Silo.Accounts;

namespace Quartier.Silo.Bridges;

/// <summary>
/// The files of a city's bridges: <c>bridges/{city}</c> in the data directory, and nowhere else, so that whoever writes a registry cannot make the
/// program send another of the machine's files to a broker. Read anew for each attempt: a password is changed by changing its file.
/// </summary>
internal sealed class BridgeFiles(string dataDirectory)
{
    /// <summary>Certificates are no secrets, but a file of them has its bound too: some hundred authorities.</summary>
    private const int MaxAuthorityBytes = 1024 * 1024;

    /// <summary>The password; empty for none.</summary>
    /// <exception cref="IOException">The file is missing, or others may read it.</exception>
    public byte[] Password(string city, BridgeDefinition bridge) =>
        bridge.PasswordFile is { } file ? Encoding.UTF8.GetBytes(PrivateFile.Read(PathOf(city, file))) : [];

    /// <summary>The authorities that may have signed the broker's certificate; null for those of the machine.</summary>
    /// <exception cref="IOException">The file is missing or holds no certificate.</exception>
    public X509Certificate2Collection? Authorities(string city, BridgeDefinition bridge)
    {
        if (bridge.AuthorityFile is not { } file)
        {
            return null;
        }

        var path = PathOf(city, file);
        if (new FileInfo(path) is { Exists: true, Length: > MaxAuthorityBytes })
        {
            throw new IOException($"{path} is longer than {MaxAuthorityBytes} bytes, which no list of authorities is.");
        }

        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(File.ReadAllText(path));
        }
        catch (CryptographicException broken)
        {
            throw new IOException($"{path} holds no certificates in PEM: {broken.Message}", broken);
        }

        return authorities.Count > 0 ? authorities : throw new IOException($"{path} holds no certificates in PEM.");
    }

    /// <summary>The certificate by which this side proves itself; null for none.</summary>
    /// <exception cref="IOException">A file is missing or unusable, or others may read the key.</exception>
    public X509Certificate2? Certificate(string city, BridgeDefinition bridge)
    {
        if (bridge is not { CertificateFile: { } certificate, KeyFile: { } key })
        {
            return null;
        }

        var secret = PrivateFile.Read(PathOf(city, key));
        try
        {
            return X509Certificate2.CreateFromPem(File.ReadAllText(PathOf(city, certificate)), secret);
        }
        catch (CryptographicException broken)
        {
            throw new IOException($"{PathOf(city, certificate)} and {PathOf(city, key)} are no certificate with its key in PEM: {broken.Message}", broken);
        }
    }

    /// <summary>The registry lets names through that are no paths; this is the last look at it.</summary>
    private string PathOf(string city, string file) => file == Path.GetFileName(file)
        ? Path.Combine(dataDirectory, "bridges", city, file)
        : throw new IOException($"'{file}' is no name of a file.");
}
