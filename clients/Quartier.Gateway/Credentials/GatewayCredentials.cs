using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Quartier.Gateway.Credentials;

/// <summary>
/// A folder with what each gateway proves itself by: <c>{city}-{gateway}.crt</c> and <c>.key</c>, or <c>{city}-{gateway}.password</c>. <c>quartier gateway enrol --out</c> writes
/// the former, the latter holds what <c>quartier gateway password</c> shows.
/// </summary>
public sealed class GatewayCredentials
{
    /// <summary>Longer than any password that a silo takes, and than any certificate with its authorities.</summary>
    private const int MaxFileBytes = 64 * 1024;

    private readonly string? folder;

    private GatewayCredentials(string? folder) => this.folder = folder;

    /// <summary>No gateway proves anything.</summary>
    public static GatewayCredentials None { get; } = new(null);

    /// <summary>Looks for credentials in a folder.</summary>
    /// <exception cref="IOException">There is no such folder.</exception>
    public static GatewayCredentials In(string folder) => Directory.Exists(folder)
        ? new(folder)
        : throw new IOException($"There is no folder '{folder}' with credentials. Make one, and put {{city}}-{{gateway}}.password, or {{city}}-{{gateway}}.crt and .key there.");

    /// <summary>What a gateway proves itself by.</summary>
    /// <exception cref="IOException">A file is missing, too long, readable by others, or holds no certificate.</exception>
    public GatewayCredential Of(string city, string gateway)
    {
        if (folder is null)
        {
            return GatewayCredential.None;
        }

        var name = $"{city}-{gateway}";
        var certificate = Path.Combine(folder, name + ".crt");
        if (File.Exists(certificate))
        {
            return new(null, null, ReadCertificate(certificate, Path.Combine(folder, name + ".key")));
        }

        var password = Path.Combine(folder, name + ".password");
        return File.Exists(password)
            ? new($"{city}/{gateway}", Encoding.UTF8.GetBytes(ReadSecret(password).TrimEnd('\r', '\n')), null)
            : throw new IOException($"There is neither {password} nor {certificate}: the gateway '{gateway}' has nothing to prove itself by.");
    }

    /// <summary>The authorities that may have signed the server's certificate.</summary>
    /// <exception cref="IOException">The file is missing or holds no certificate.</exception>
    public static X509Certificate2Collection Authorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(File.ReadAllText(file));
        }
        catch (CryptographicException broken)
        {
            throw new IOException($"{file} holds no certificates in PEM: {broken.Message}", broken);
        }

        return authorities.Count > 0 ? authorities : throw new IOException($"{file} holds no certificates in PEM.");
    }

    private static X509Certificate2 ReadCertificate(string certificate, string key)
    {
        var secret = ReadSecret(key);
        try
        {
            return X509Certificate2.CreateFromPem(File.ReadAllText(certificate), secret);
        }
        catch (CryptographicException broken)
        {
            throw new IOException($"{certificate} and {key} are no certificate with its key in PEM: {broken.Message}", broken);
        }
    }

    private static string ReadSecret(string file)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != UnixFileMode.None)
        {
            throw new IOException($"Others may read or write {file}. Run: chmod 600 {file}");
        }

        return new FileInfo(file).Length <= MaxFileBytes
            ? File.ReadAllText(file)
            : throw new IOException($"{file} is longer than {MaxFileBytes} bytes, which no password or key is.");
    }
}
