using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Quartier.Storage.Cities;

/// <summary>Registry documents in city.db, every version kept.</summary>
internal sealed class RegistryStore(CityDatabase city) : IRegistryStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RegistryDocument>> LoadAllAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<IReadOnlyList<RegistryDocument>>(city.Read(database =>
        {
            var documents = new List<RegistryDocument>();
            using var rows = database.Prepare("SELECT city, max(version), yaml, applied_ms FROM registry GROUP BY city ORDER BY city").Run();
            while (rows.Next())
            {
                documents.Add(new RegistryDocument(rows.Text(0), rows.Int64(1), rows.Text(2), rows.Int64(3)));
            }

            return documents;
        }));
    }

    /// <inheritdoc/>
    public async ValueTask SaveAsync(RegistryDocument document, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stored = await city.WriteAsync(database =>
        {
            var newest = 0L;
            using (var row = database.Prepare("SELECT coalesce(max(version), 0) FROM registry WHERE city = ?").Bind(1, document.City).Run())
            {
                newest = row.Next() ? row.Int64(0) : 0;
            }

            if (newest + 1 == document.Version)
            {
                database.Prepare("INSERT INTO registry (city, version, yaml, applied_ms) VALUES (?, ?, ?, ?)")
                    .Bind(1, document.City).Bind(2, document.Version).Bind(3, document.Yaml).Bind(4, document.AppliedTimeMs)
                    .Execute();
            }

            return newest;
        }).ConfigureAwait(false);
        if (stored + 1 != document.Version)
        {
            throw new StoreException(
                $"Version {document.Version} of the registry of {document.City} cannot follow version {stored}: another was stored meanwhile. Read it and apply the file again.");
        }
    }
}
