using Quartier.Contracts.Principals;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Accounts;

/// <summary>API keys as rows of city.db.</summary>
internal static class KeyRows
{
    private const string Columns = "SELECT id, hash, person, city, contract, created_ms, until_ms, revoked_ms, last_used_day FROM api_key";

    /// <summary>All, in order of their making.</summary>
    public static List<ApiKey> List(Database database)
    {
        var keys = new List<ApiKey>();
        using var rows = database.Prepare($"{Columns} ORDER BY created_ms, id").Run();
        while (rows.Next())
        {
            keys.Add(Decode(rows));
        }

        return keys;
    }

    /// <summary>The one with the id, or null.</summary>
    public static ApiKey? Find(Database database, string id)
    {
        using var row = database.Prepare($"{Columns} WHERE id = ?").Bind(1, id).Run();
        return row.Next() ? Decode(row) : null;
    }

    /// <summary>Adds a key and forgets those that ended long ago.</summary>
    public static AccountOutcome Add(Database database, ApiKey key)
    {
        database.Prepare("DELETE FROM api_key WHERE min(until_ms, coalesce(revoked_ms, until_ms)) < ?")
            .Bind(1, key.CreatedMs - (long)AccountLimits.Remembered.TotalMilliseconds).Execute();
        if (Find(database, key.Id) is not null)
        {
            return AccountOutcome.Exists;
        }

        if (database.Scalar("SELECT count(*) FROM api_key") >= AccountLimits.KeysMax)
        {
            return AccountOutcome.Full;
        }

        database.Prepare("INSERT INTO api_key (id, hash, person, city, contract, created_ms, until_ms) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .Bind(1, key.Id).Bind(2, key.Hash.AsSpan()).Bind(6, key.CreatedMs).Bind(7, key.UntilMs)
            .BindOrNull(3, key.Person).BindOrNull(4, key.City).BindOrNull(5, key.Contract)
            .Execute();
        return AccountOutcome.Done;
    }

    /// <summary>Revokes.</summary>
    public static AccountOutcome Revoke(Database database, string id, long nowMs)
    {
        if (Find(database, id) is null)
        {
            return AccountOutcome.Unknown;
        }

        database.Prepare("UPDATE api_key SET revoked_ms = ? WHERE id = ? AND revoked_ms IS NULL").Bind(1, nowMs).Bind(2, id).Execute();
        return AccountOutcome.Done;
    }

    private static ApiKey Decode(in Rows row) => new(
        row.Text(0),
        [.. row.Bytes(1)],
        row.TextOrNull(2),
        row.TextOrNull(3),
        row.TextOrNull(4),
        row.Int64(5),
        row.Int64(6),
        row.Int64OrNull(7),
        row.Int64OrNull(8));
}
