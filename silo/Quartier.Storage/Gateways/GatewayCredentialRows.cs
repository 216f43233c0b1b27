using Quartier.Contracts.Gateways;
using Quartier.Contracts.Principals;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Gateways;

/// <summary>Gateways' credentials as rows of city.db.</summary>
internal static class GatewayCredentialRows
{
    private const string Columns =
        "SELECT id, city, gateway, kind, digest, salt, iterations, created_ms, until_ms, revoked_ms, last_used_day FROM gateway_credential";

    /// <summary>All of a city, or of all.</summary>
    public static List<GatewayCredential> List(Database database, string? city)
    {
        var statement = city is null
            ? database.Prepare($"{Columns} ORDER BY city, gateway, created_ms, id")
            : database.Prepare($"{Columns} WHERE city = ? ORDER BY city, gateway, created_ms, id").Bind(1, city);
        return Read(statement);
    }

    /// <summary>The one with the id, or null.</summary>
    public static GatewayCredential? Find(Database database, string id) => Read(database.Prepare($"{Columns} WHERE id = ?").Bind(1, id)).FirstOrDefault();

    /// <summary>The gateway's password that is not revoked, or null.</summary>
    public static GatewayCredential? Password(Database database, string city, string gateway) =>
        Of(database, city, gateway).Find(c => c.Kind == GatewayCredentialKind.Password && c.RevokedMs is null);

    /// <summary>Adds one; a password takes the place of the one before.</summary>
    public static AccountOutcome Add(Database database, GatewayCredential credential)
    {
        if (Find(database, credential.Id) is not null)
        {
            return AccountOutcome.Exists;
        }

        var kept = Of(database, credential.City, credential.Gateway);
        var before = credential.Kind == GatewayCredentialKind.Password ? Password(database, credential.City, credential.Gateway) : null;
        var ended = kept.Where(c => !c.IsValid(credential.CreatedMs) || c.Id == before?.Id).Select(c => c.Id).ToList();
        if (kept.Count - ended.Count >= GatewayLimits.CredentialsMax || database.Scalar("SELECT count(*) FROM gateway_credential") >= GatewayLimits.InstallationMax)
        {
            return AccountOutcome.Full;
        }

        if (before is not null)
        {
            Revoke(database, before.Id, credential.CreatedMs);
        }

        Forget(database, ended.Take(Math.Max(0, kept.Count - GatewayLimits.CredentialsMax + 1)));
        database.Prepare(
            """
            INSERT INTO gateway_credential (id, city, gateway, kind, digest, salt, iterations, created_ms, until_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
            .Bind(1, credential.Id).Bind(2, credential.City).Bind(3, credential.Gateway).Bind(4, (long)credential.Kind)
            .Bind(5, credential.Digest.AsSpan()).Bind(6, credential.Salt.AsSpan()).Bind(7, credential.Iterations)
            .Bind(8, credential.CreatedMs).Bind(9, credential.UntilMs).Execute();
        return AccountOutcome.Done;
    }

    /// <summary>Revokes.</summary>
    public static AccountOutcome Revoke(Database database, string id, long nowMs)
    {
        if (Find(database, id) is null)
        {
            return AccountOutcome.Unknown;
        }

        database.Prepare("UPDATE gateway_credential SET revoked_ms = ? WHERE id = ? AND revoked_ms IS NULL").Bind(1, nowMs).Bind(2, id).Execute();
        return AccountOutcome.Done;
    }

    private static void Forget(Database database, IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            database.Prepare("DELETE FROM gateway_credential WHERE id = ?").Bind(1, id).Execute();
        }
    }

    private static List<GatewayCredential> Of(Database database, string city, string gateway) =>
        Read(database.Prepare($"{Columns} WHERE city = ? AND gateway = ? ORDER BY created_ms, id").Bind(1, city).Bind(2, gateway));

    private static List<GatewayCredential> Read(Statement statement)
    {
        var found = new List<GatewayCredential>();
        using var rows = statement.Run();
        while (rows.Next())
        {
            found.Add(Decode(rows));
        }

        return found;
    }

    private static GatewayCredential Decode(in Rows row) => new(
        row.Text(0),
        row.Text(1),
        row.Text(2),
        (GatewayCredentialKind)row.Int64(3),
        [.. row.Bytes(4)],
        [.. row.Bytes(5)],
        (int)row.Int64(6),
        row.Int64(7),
        row.Int64(8),
        row.Int64OrNull(9),
        row.Int64OrNull(10));
}
