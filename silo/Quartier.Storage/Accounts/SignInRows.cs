using Quartier.Contracts.Principals;
using Quartier.Storage.Databases;

namespace Quartier.Storage.Accounts;

/// <summary>Sessions and sign-in links as rows of city.db.</summary>
internal static class SignInRows
{
    /// <summary>The session, or null.</summary>
    public static SignInSession? Session(Database database, string id)
    {
        using var row = database.Prepare("SELECT id, hash, person, created_ms, seen_ms, ended_ms FROM session WHERE id = ?").Bind(1, id).Run();
        return row.Next() ? new(row.Text(0), [.. row.Bytes(1)], row.Text(2), row.Int64(3), row.Int64(4), row.Int64OrNull(5)) : null;
    }

    /// <summary>Adds a session; ends what is beyond the bound, forgets what ended long ago.</summary>
    public static IReadOnlyList<string> Add(Database database, SignInSession session)
    {
        database.Prepare("DELETE FROM session WHERE created_ms < ?")
            .Bind(1, session.CreatedMs - (long)(AccountLimits.SessionLife + AccountLimits.Remembered).TotalMilliseconds).Execute();
        var ended = Beyond(database, session.Person);
        foreach (var id in ended)
        {
            End(database, id, session.CreatedMs);
        }

        database.Prepare("INSERT INTO session (id, hash, person, created_ms, seen_ms) VALUES (?, ?, ?, ?, ?)")
            .Bind(1, session.Id).Bind(2, session.Hash.AsSpan()).Bind(3, session.Person).Bind(4, session.CreatedMs).Bind(5, session.SeenMs)
            .Execute();
        return ended;
    }

    /// <summary>Ends a session.</summary>
    public static void End(Database database, string id, long nowMs) =>
        database.Prepare("UPDATE session SET ended_ms = ? WHERE id = ? AND ended_ms IS NULL").Bind(1, nowMs).Bind(2, id).Execute();

    /// <summary>The link, or null.</summary>
    public static SignInLink? Link(Database database, string id)
    {
        using var row = database.Prepare("SELECT id, hash, person, until_ms, used_ms FROM sign_in_link WHERE id = ?").Bind(1, id).Run();
        return row.Next() ? new(row.Text(0), [.. row.Bytes(1)], row.Text(2), row.Int64(3), row.Int64OrNull(4)) : null;
    }

    /// <summary>Adds a link; forgets what ended long ago and the oldest that are beyond the bound.</summary>
    public static void Add(Database database, SignInLink link)
    {
        database.Prepare("DELETE FROM sign_in_link WHERE until_ms < ?")
            .Bind(1, link.UntilMs - (long)AccountLimits.Remembered.TotalMilliseconds).Execute();
        database.Prepare(
            """
            DELETE FROM sign_in_link WHERE id IN (
              SELECT id FROM sign_in_link WHERE person = ? AND used_ms IS NULL ORDER BY until_ms DESC, id LIMIT -1 OFFSET ?)
            """).Bind(1, link.Person).Bind(2, AccountLimits.LinksPerPersonMax - 1).Execute();
        database.Prepare("INSERT INTO sign_in_link (id, hash, person, until_ms) VALUES (?, ?, ?, ?)")
            .Bind(1, link.Id).Bind(2, link.Hash.AsSpan()).Bind(3, link.Person).Bind(4, link.UntilMs).Execute();
    }

    /// <summary>Uses a link up; true when it was not used before.</summary>
    public static bool Take(Database database, string id, long nowMs)
    {
        if (Link(database, id) is not { UsedMs: null })
        {
            return false;
        }

        database.Prepare("UPDATE sign_in_link SET used_ms = ? WHERE id = ?").Bind(1, nowMs).Bind(2, id).Execute();
        return true;
    }

    private static List<string> Beyond(Database database, string person)
    {
        var ids = new List<string>();
        using var rows = database.Prepare(
            "SELECT id FROM session WHERE person = ? AND ended_ms IS NULL ORDER BY created_ms DESC, id LIMIT -1 OFFSET ?")
            .Bind(1, person).Bind(2, AccountLimits.SessionsPerPersonMax - 1).Run();
        while (rows.Next())
        {
            ids.Add(rows.Text(0));
        }

        return ids;
    }
}
