using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Quartier.Contracts.Districts;

namespace Quartier.Domain.Publication;

/// <summary>
/// Gives every cell its key: a number that looks random and is always the same for the same cell, so that asking again gives the same noise. The
/// cells are fixed and closed, hence their identity stands for their content. The idea: Fraser and Wooton, A proposed method for confidentialising
/// tabular output to protect against differencing, UNECE 2005; as used by the German statistical offices in the census of 2022.
/// </summary>
/// <param name="secret">At least 16 random bytes. Whoever knows them can take the noise away.</param>
/// <param name="stream">Id of the stream's policy entry and the property: other data get other noise.</param>
public sealed class CellKeys(byte[] secret, string stream)
{
    /// <summary>Fewest bytes of a secret.</summary>
    public const int LeastSecretBytes = 16;

    private const int FingerprintBytes = 12;

    private readonly byte[] _secret = secret.Length >= LeastSecretBytes
        ? secret
        : throw new ArgumentException($"The secret has {secret.Length} bytes; at least {LeastSecretBytes} are needed.", nameof(secret));

    /// <summary>Tells later whether the same went into a cell: without the secret nothing can be tried against it.</summary>
    /// <param name="cell">Id of the cell; empty for the whole city.</param>
    /// <param name="startMs">Start of its time.</param>
    /// <param name="contributors">How many units contributed.</param>
    /// <param name="sum">What they contributed together; compared to nine digits, since roll-ups add in another order.</param>
    public string Fingerprint(string cell, long startMs, long contributors, double sum)
    {
        var inputs = Encoding.UTF8.GetBytes(FormattableString.Invariant($"inputs|{stream.Length}:{stream}|{cell.Length}:{cell}|{startMs}|{contributors}|{sum:E8}"));
        return Convert.ToBase64String(HMACSHA256.HashData(_secret, inputs).AsSpan(0, FingerprintBytes));
    }

    /// <summary>The key of a cell: uniform in [0, 1).</summary>
    public double Of(string cell, Resolution resolution, long startMs)
    {
        // Lengths before texts: two cells never make the same bytes.
        var name = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{stream.Length}:{stream}|{cell.Length}:{cell}|{(int)resolution}|{startMs}"));
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, name, hash);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }
}
