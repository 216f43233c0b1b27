using Quartier.Contracts.Policies;
using Quartier.Contracts.Readings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Cities;

/// <summary>Policy documents in city.db, every version kept: decisions and certificates of years ago name them.</summary>
internal sealed class PolicyStore(CityDatabase city) : IPolicyStore
{
    private const string Columns = "district, version, yaml, state, effective_ms, proposed_by, proposed_ms, decided_by, decided_ms, approved_by, independence";

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PolicyDocument>> LoadAsync(string cityId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<IReadOnlyList<PolicyDocument>>(city.Read(database =>
        {
            var documents = new List<PolicyDocument>();

            // '' sorts before every id, so the city's own document comes first.
            using var rows = database.Prepare($"SELECT {Columns} FROM policy WHERE city = ? ORDER BY district, version").Bind(1, cityId).Run();
            while (rows.Next())
            {
                documents.Add(Read(cityId, rows));
            }

            return documents;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> CitiesAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<IReadOnlyList<string>>(city.Read(database =>
        {
            var cities = new List<string>();
            using var rows = database.Prepare("SELECT DISTINCT city FROM policy ORDER BY city").Run();
            while (rows.Next())
            {
                cities.Add(rows.Text(0));
            }

            return cities;
        }));
    }

    /// <inheritdoc/>
    public async ValueTask SaveAsync(PolicyDocument document, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (await city.WriteAsync(database => Refuse(database, document) ?? Put(database, document)).ConfigureAwait(false) is { } refusal)
        {
            throw new StoreException(refusal);
        }
    }

    /// <summary>Why the document may not be stored, or null.</summary>
    private static string? Refuse(Database database, PolicyDocument document)
    {
        var newest = 0L;
        using (var row = Bound(database, "SELECT coalesce(max(version), 0) FROM policy WHERE city = ? AND district = ?", document).Run())
        {
            newest = row.Next() ? row.Int64(0) : 0;
        }

        if (document.Version == newest + 1)
        {
            return null;
        }

        using var stored = Bound(database, "SELECT yaml FROM policy WHERE city = ? AND district = ? AND version = ?", document).Bind(3, document.Version).Run();
        if (!stored.Next())
        {
            return $"Version {document.Version} of the policy of {Name(document)} cannot follow version {newest}: another was stored meanwhile. Propose it again.";
        }

        return string.Equals(stored.Text(0), document.Yaml, StringComparison.Ordinal)
            ? null
            : $"Version {document.Version} of the policy of {Name(document)} is stored with another text, which is never replaced. Propose a new version.";
    }

    private static string? Put(Database database, PolicyDocument document)
    {
        var statement = Bound(database, $"INSERT OR REPLACE INTO policy (city, {Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", document)
            .Bind(3, document.Version).Bind(4, document.Yaml).Bind(5, (long)document.State).Bind(6, document.EffectiveMs)
            .Bind(7, document.ProposedBy).Bind(8, document.ProposedMs).Bind(10, document.DecidedMs).Bind(12, (long)document.Independence);
        _ = document.DecidedBy is { } by ? statement.Bind(9, by) : statement.BindNull(9);
        _ = document.ApprovedBy is { } approver ? statement.Bind(11, approver) : statement.BindNull(11);
        statement.Execute();
        return null;
    }

    private static Statement Bound(Database database, string sql, PolicyDocument document) =>
        database.Prepare(sql).Bind(1, document.City).Bind(2, document.District ?? string.Empty);

    private static string Name(PolicyDocument document) => document.District is { } district ? $"{document.City}/{district}" : document.City;

    private static PolicyDocument Read(string cityId, in Rows row) => new(
        cityId,
        row.Text(0) is { Length: > 0 } district ? district : null,
        row.Int64(1),
        row.Text(2),
        (PolicyState)row.Int64(3),
        row.Int64(4),
        row.Text(5),
        row.Int64(6),
        row.IsNull(7) ? null : row.Text(7),
        row.Int64(8),
        row.IsNull(9) ? null : row.Text(9),
        (ApproverIndependence)row.Int64(10));
}
