namespace Quartier.Silo.Tls;

/// <summary>Where the server's certificate and its key lie.</summary>
/// <param name="Certificate">PEM: the certificate, and those between it and its root; or PFX (PKCS #12), which holds the key too.</param>
/// <param name="Key">PEM: the key; null when <paramref name="Certificate"/> is a PFX file.</param>
/// <param name="Password">A file that holds the password of the key or PFX file; null when there is none.</param>
internal sealed record TlsFiles(string Certificate, string? Key, string? Password)
{
    /// <summary>All of them.</summary>
    public IEnumerable<string> All => new[] { Certificate, Key, Password }.OfType<string>();

    /// <summary>Those that hold a secret.</summary>
    public IEnumerable<string> Secret => new[] { Key ?? Certificate, Password }.OfType<string>();
}
