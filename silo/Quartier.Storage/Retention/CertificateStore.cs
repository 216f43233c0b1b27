using System.Collections.Immutable;
using System.Text.Json;
using Quartier.Contracts.Retention;
using Quartier.Storage.Cities;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Retention;

/// <summary>Certificates in city.db.</summary>
internal sealed class CertificateStore(CityDatabase city) : ICertificateStore
{
    private const int MostListed = 1_000;

    private readonly CityDatabase _city = city;

    /// <inheritdoc/>
    public async ValueTask SaveAsync(ImmutableArray<StoredCertificate> certificates, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ = await _city.WriteAsync(database =>
        {
            foreach (var certificate in certificates)
            {
                Save(database, certificate);
            }

            return true;
        }).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<StoredCertificate>> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(_city.Read(database =>
        {
            using var rows = database.Prepare(
                "SELECT body, digest, ledger_index FROM certificate WHERE ledger_index IS NULL ORDER BY night, city, district").Run();
            return Take(rows);
        }));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<StoredCertificate>> ListAsync(string? city, string? district, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (limit is < 1 or > MostListed)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"The limit is 1 … {MostListed}.");
        }

        return new(_city.Read(database => List(database, city, district, limit)));
    }

    private static void Save(Database database, StoredCertificate stored)
    {
        var certificate = stored.Certificate;
        var statement = database
            .Prepare("INSERT OR REPLACE INTO certificate (city, district, night, digest, ledger_index, body) VALUES (?, ?, ?, ?, ?, ?)")
            .Bind(1, certificate.City).Bind(2, certificate.District).Bind(3, certificate.Night).Bind(4, stored.Digest)
            .Bind(6, JsonSerializer.Serialize(certificate));
        _ = stored.LedgerIndex is { } index ? statement.Bind(5, index) : statement.BindNull(5);
        statement.Execute();
    }

    private static ImmutableArray<StoredCertificate> List(Database database, string? cityId, string? district, int limit)
    {
        var statement = database.Prepare(
            """
            SELECT body, digest, ledger_index FROM certificate
            WHERE digest <> '' AND (?1 IS NULL OR city = ?1) AND (?2 IS NULL OR district = ?2)
            ORDER BY night DESC, city, district LIMIT ?3
            """).Bind(3, limit);
        _ = cityId is null ? statement.BindNull(1) : statement.Bind(1, cityId);
        _ = district is null ? statement.BindNull(2) : statement.Bind(2, district);
        using var rows = statement.Run();
        return Take(rows);
    }

    private static ImmutableArray<StoredCertificate> Take(in Rows rows)
    {
        var found = ImmutableArray.CreateBuilder<StoredCertificate>();
        while (rows.Next())
        {
            found.Add(new(
                JsonSerializer.Deserialize<Certificate>(rows.Text(0))!, rows.Text(1), rows.IsNull(2) ? null : rows.Int64(2)));
        }

        return found.ToImmutable();
    }
}
