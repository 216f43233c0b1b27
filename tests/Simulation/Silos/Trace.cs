using System.Security.Cryptography;
using System.Text;

namespace Quartier.Simulation.Silos;

/// <summary>All that happened in a run, as one digest.</summary>
internal sealed class Trace : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds a line.</summary>
    public void Add(string line) => _hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>The digest of all lines.</summary>
    public string Digest() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
