using System.Text.Json;
using System.Text.Json.Serialization;
using Quartier.Contracts.Alerts;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Cities;

/// <summary>Alerts in city.db: what lists need as columns, the whole as JSON.</summary>
internal sealed class AlertStore(CityDatabase city) : IAlertStore
{
    private const int MostAlerts = 1_000;

    /// <summary>Alerts looked at in one transaction: others wait for it no longer than some milliseconds.</summary>
    private const int MostRewritten = 500;

    private const string ListAll =
        """
        SELECT body FROM alert
        WHERE city = ?1 AND district = ?2 AND (?3 IS NULL OR state = ?3) AND (?4 IS NULL OR subject = ?4)
          AND (?5 IS NULL OR raised_ms < ?5 OR (raised_ms = ?5 AND id > ?6))
        ORDER BY raised_ms DESC, id LIMIT ?7
        """;

    // Goes through the alerts on the given grounds alone, in the index: that there are others must not be told by how long it takes either.
    private const string ListSome =
        """
        SELECT body FROM alert WHERE city = ?1 AND district = ?2 AND id IN (
          SELECT a.id FROM json_each(?8) AS g CROSS JOIN alert AS a INDEXED BY alert_ground
          ON a.city = ?1 AND a.district = ?2 AND a.ground = g.value
          WHERE (?3 IS NULL OR a.state = ?3) AND (?4 IS NULL OR substr(a.ground, 1, length(?4) + 1) = ?4 || '|')
            AND (?5 IS NULL OR a.raised_ms < ?5 OR (a.raised_ms = ?5 AND a.id > ?6))
          ORDER BY a.raised_ms DESC, a.id LIMIT ?7)
        ORDER BY raised_ms DESC, id
        """;

    // A computed value may be infinite.
    private static readonly JsonSerializerOptions s_json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <inheritdoc/>
    public ValueTask<Alert?> FindAsync(string cityId, string district, string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<Alert?>(city.Read(database =>
        {
            using var row = database.Prepare("SELECT body FROM alert WHERE city = ? AND district = ? AND id = ?")
                .Bind(1, cityId).Bind(2, district).Bind(3, id).Run();
            return row.Next() ? Decode(row) : null;
        }));
    }

    /// <inheritdoc/>
    public ValueTask PutAsync(IReadOnlyList<Alert> alerts, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var rows = alerts.Select(a => (Alert: a, Body: JsonSerializer.Serialize(a, s_json))).ToList();
        return new ValueTask(city.WriteAsync(database =>
        {
            foreach (var (alert, body) in rows)
            {
                Put(database, alert, body);
            }

            return true;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Alert>> ListAsync(string cityId, string district, AlertQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (query.Limit is < 1 or > MostAlerts)
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.Limit, $"The limit is 1 … {MostAlerts}.");
        }

        return new ValueTask<IReadOnlyList<Alert>>(city.Read(database => List(database, cityId, district, query)));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AlertGround>> GroundsAsync(string cityId, string district, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<IReadOnlyList<AlertGround>>(city.Read(database =>
        {
            var grounds = new List<AlertGround>();
            using var rows = database.Prepare(
                "SELECT ground, state, count(*) FROM alert INDEXED BY alert_ground WHERE city = ? AND district = ? GROUP BY ground, state ORDER BY ground")
                .Bind(1, cityId).Bind(2, district).Run();
            while (rows.Next())
            {
                var key = rows.Text(0);
                if (grounds.Count == 0 || !string.Equals(grounds[^1].Key, key, StringComparison.Ordinal))
                {
                    grounds.Add(new(key, 0, 0, 0));
                }

                grounds[^1] = grounds[^1].With((AlertState)rows.Int64(1), rows.Int64(2));
            }

            return grounds;
        }));
    }

    /// <inheritdoc/>
    public async ValueTask<int> RewriteAsync(Func<Alert, Alert?> rewrite, CancellationToken cancellationToken)
    {
        var (rewritten, last) = (0, (City: string.Empty, District: string.Empty, Id: string.Empty));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var after = last;
            var (changed, next) = await city.WriteAsync(database => Rewrite(database, after, rewrite)).ConfigureAwait(false);
            rewritten += changed;
            if (next is null)
            {
                return rewritten;
            }

            last = (next.City, next.District, next.Id);
        }
    }

    private static void Put(Database database, Alert alert, string body) => database
        .Prepare("INSERT OR REPLACE INTO alert (city, district, id, state, raised_ms, subject, body, ground) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .Bind(1, alert.City).Bind(2, alert.District).Bind(3, alert.Id).Bind(4, (long)alert.State)
        .Bind(5, alert.RaisedMs).Bind(6, alert.Subject).Bind(7, body).Bind(8, AlertGround.KeyOf(alert))
        .Execute();

    private static (int Changed, Alert? Last) Rewrite(Database database, (string City, string District, string Id) after, Func<Alert, Alert?> rewrite)
    {
        var page = new List<Alert>();
        using (var rows = database.Prepare("SELECT body FROM alert WHERE (city, district, id) > (?, ?, ?) ORDER BY city, district, id LIMIT ?")
            .Bind(1, after.City).Bind(2, after.District).Bind(3, after.Id).Bind(4, MostRewritten).Run())
        {
            while (rows.Next())
            {
                page.Add(Decode(rows));
            }
        }

        var changed = page.Select(rewrite).OfType<Alert>().ToList();
        foreach (var alert in changed)
        {
            database.Prepare("UPDATE alert SET body = ? WHERE city = ? AND district = ? AND id = ?")
                .Bind(1, JsonSerializer.Serialize(alert, s_json)).Bind(2, alert.City).Bind(3, alert.District).Bind(4, alert.Id)
                .Execute();
        }

        return (changed.Count, page.Count < MostRewritten ? null : page[^1]);
    }

    private static List<Alert> List(Database database, string cityId, string district, AlertQuery query)
    {
        var statement = database.Prepare(query.Grounds.IsDefault ? ListAll : ListSome).Bind(1, cityId).Bind(2, district).Bind(7, query.Limit);
        if (!query.Grounds.IsDefault)
        {
            statement.Bind(8, JsonSerializer.Serialize(query.Grounds));
        }

        _ = query.State is { } state ? statement.Bind(3, (long)state) : statement.BindNull(3);
        _ = query.Subject is { } subject ? statement.Bind(4, subject) : statement.BindNull(4);
        _ = query.BeforeMs is { } before ? statement.Bind(5, before) : statement.BindNull(5);
        _ = query.BeforeId is { } beforeId ? statement.Bind(6, beforeId) : statement.BindNull(6);
        var alerts = new List<Alert>();
        using var rows = statement.Run();
        while (rows.Next())
        {
            alerts.Add(Decode(rows));
        }

        return alerts;
    }

    private static Alert Decode(in Rows row) => JsonSerializer.Deserialize<Alert>(row.Text(0), s_json)!;
}
