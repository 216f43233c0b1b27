using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;
using Quartier.Storage.Databases;
using Quartier.Storage.SensorThings;

namespace Quartier.Storage.Cities;

/// <summary>
/// Registry documents in city.db, every version kept: files as a whole, what stands beside them entry by entry, so that a small change costs a small row.
/// </summary>
internal sealed class RegistryStore(CityDatabase file, EntityNews news) : IRegistryStore
{
    /// <summary>The newest version of each city, be it of the file or beside it.</summary>
    private const string NewestSql = """
        SELECT max(version) FROM (SELECT max(version) AS version FROM registry WHERE city = ?1 UNION ALL SELECT max(version) FROM registry_addition WHERE city = ?1)
        """;

    private const string WithObservations =
        "A FeatureOfInterest goes with its Observations, which are withdrawn one after the other before it goes. That could not be taken back with the other "
        + "requests of a change set. Send the DELETE outside of the change set.";

    private const string AdditionsSql = """
        SELECT kind, key, body, max(version) FROM registry_addition WHERE city = ? GROUP BY kind, key ORDER BY kind, key
        """;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RegistryDocument>> LoadAllAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<IReadOnlyList<RegistryDocument>>(file.Read(database =>
        {
            var documents = new List<RegistryDocument>();
            using (var rows = database.Prepare("SELECT city, max(version), yaml, applied_ms FROM registry GROUP BY city ORDER BY city").Run())
            {
                while (rows.Next())
                {
                    documents.Add(new RegistryDocument(rows.Text(0), rows.Int64(1), rows.Text(2), rows.Int64(3)));
                }
            }

            return documents.ConvertAll(d => d with { Version = Newest(database, d.City), Additions = Additions(database, d.City) });
        }));
    }

    /// <inheritdoc/>
    public async ValueTask SaveAsync(RegistryDocument document, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stored = await file.WriteAsync(database =>
        {
            var newest = Newest(database, document.City);
            if (newest + 1 == document.Version)
            {
                database.Prepare("INSERT INTO registry (city, version, yaml, applied_ms) VALUES (?, ?, ?, ?)")
                    .Bind(1, document.City).Bind(2, document.Version).Bind(3, document.Yaml).Bind(4, document.AppliedTimeMs)
                    .Execute();
            }

            return newest;
        }).ConfigureAwait(false);
        RefuseUnless(document.City, document.Version, stored);
    }

    /// <inheritdoc/>
    public async ValueTask<AmendRefusal?> AmendAsync(
        string city, long version, RegistryAmendment amendment, long timeMs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entities = amendment.Entities.Length == 0 ? [] : ChangeText.Read(amendment.Entities);
        ImmutableArray<EntityConsequence> consequences = [];
        var (stored, refusal) = await file.WriteAsync(database =>
        {
            consequences = [];
            var newest = Newest(database, city);
            if (version != 0 && newest + 1 != version)
            {
                return (newest, (AmendRefusal?)null);
            }

            // Entities first: they may be refused, and then undo themselves.
            if (ChangeEntities(database, entities, timeMs, out consequences) is { } refused)
            {
                return (version - 1, refused);
            }

            foreach (var change in version == 0 ? [] : amendment.Changes)
            {
                Insert(database, city, version, change, timeMs);
            }

            return (version - 1, null);
        }).ConfigureAwait(false);
        RefuseUnless(city, version, version == 0 ? -1 : stored);
        news.Tell(consequences);
        return refusal;
    }

    private static AmendRefusal? ChangeEntities(
        Database database, ImmutableArray<EntityChange> changes, long timeMs, out ImmutableArray<EntityConsequence> consequences)
    {
        consequences = [];
        if (changes.IsEmpty)
        {
            return null;
        }

        database.Execute("SAVEPOINT amendment");
        var outcome = EntityWriter.Apply(database, changes, timeMs);
        var refusal = outcome.Refusal is { } refused ? new AmendRefusal(refused.Reason, refused.Text)
            : outcome.Consequences.Any(c => c.What == ConsequenceKind.FeatureGone) && !changes.All(IsPrepared) ? new AmendRefusal(null, WithObservations)
            : null;
        database.Execute(refusal is null ? "RELEASE amendment" : "ROLLBACK TO amendment; RELEASE amendment");
        consequences = refusal is null ? outcome.Consequences : [];
        return refusal;
    }

    private static bool IsPrepared(EntityChange change) => change is not EntityChange.Delete { Kind: EntityKind.FeatureOfInterest, IsWithdrawn: false };

    private static void Insert(Database database, string city, long version, RegistryAddition change, long timeMs) =>
        database.Prepare("INSERT INTO registry_addition (city, kind, key, version, body, applied_ms) VALUES (?, ?, ?, ?, ?, ?)")
            .Bind(1, city).Bind(2, (long)change.Kind).Bind(3, change.Key).Bind(4, version).BindOrNull(5, change.Text).Bind(6, timeMs)
            .Execute();

    private static long Newest(Database database, string city)
    {
        using var row = database.Prepare(NewestSql).Bind(1, city).Run();
        return row.Next() ? row.Int64(0) : 0;
    }

    private static ImmutableArray<RegistryAddition> Additions(Database database, string city)
    {
        var additions = ImmutableArray.CreateBuilder<RegistryAddition>();
        using var rows = database.Prepare(AdditionsSql).Bind(1, city).Run();
        while (rows.Next())
        {
            // An entry that was removed has an empty newest version.
            if (!rows.IsNull(2))
            {
                additions.Add(new((RegistryAdditionKind)rows.Int64(0), rows.Text(1), rows.Text(2)));
            }
        }

        return additions.ToImmutable();
    }

    private static void RefuseUnless(string city, long version, long stored)
    {
        if (stored + 1 != version)
        {
            throw new StoreException(
                $"Version {version} of the registry of {city} cannot follow version {stored}: another was stored meanwhile. Read it and apply the change again.");
        }
    }
}
