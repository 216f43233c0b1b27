using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Quartier.Contracts.Retention;

namespace Quartier.Domain.Retention;

/// <summary>The text of certificates and its digests. The text is JSON with the fields in the order of the records, without white space.</summary>
public static class CertificateText
{
    /// <summary>How a ledger's entry begins that names a certificate.</summary>
    public const string EntryPrefix = "certificate sha256:";

    /// <summary>The certificate's text.</summary>
    public static string Of(Certificate certificate) => JsonSerializer.Serialize(certificate);

    /// <summary>SHA-256 of the certificate's text in lower-case hexadecimal.</summary>
    public static string Digest(Certificate certificate) => Sha256(Of(certificate));

    /// <summary>SHA-256 of what was deleted of each datastream.</summary>
    public static string ManifestDigest(ImmutableArray<CertifiedStream> streams) => Sha256(JsonSerializer.Serialize(streams));

    /// <summary>What the ledger's entry says.</summary>
    public static string Entry(string digest) => EntryPrefix + digest;

    /// <summary>What is wrong with a stored certificate by itself; null when nothing is.</summary>
    public static string? Problem(StoredCertificate stored)
    {
        var certificate = stored.Certificate;
        var name = $"The certificate of {certificate.City}, district '{certificate.District}', {certificate.Night}";
        if (!string.Equals(Digest(certificate), stored.Digest, StringComparison.Ordinal))
        {
            return $"{name} does not have the digest {stored.Digest}: it was changed. Restore city.db from a backup.";
        }

        return string.Equals(ManifestDigest(certificate.Streams), certificate.ManifestDigest, StringComparison.Ordinal)
            ? null
            : $"{name} names the manifest {certificate.ManifestDigest}, which is not that of its streams. Restore city.db from a backup.";
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
