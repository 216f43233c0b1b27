using SQLitePCL;

namespace Quartier.Storage.Databases;

/// <summary>One SQLite connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class Database : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);
    private bool _disposed;

    static Database() => Batteries_V2.Init();

    private Database(sqlite3 handle) => _handle = handle;

    /// <summary>Called before each commit; a simulated disk fails or crashes there.</summary>
    public Action? BeforeCommit { get; private init; }

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Opens a file; it is created when absent.</summary>
    public static Database OpenFile(string path) => Open(path, null);

    /// <summary>
    /// A database in memory that outlives its users, as a file does: disposing it only undoes what is not committed.
    /// </summary>
    public static Database OpenMemory(Action beforeCommit) => Open(":memory:", beforeCommit);

    /// <summary>Runs statements without results.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>A statement, prepared once and reset.</summary>
    public Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var prepared));
            statement = new Statement(this, prepared);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>A statement that is used once and disposed of by the caller: for texts of which there is no end.</summary>
    public Statement PrepareOnce(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, 0, out var prepared));
        return new Statement(this, prepared);
    }

    /// <summary>Adds a function to this connection. It answers the same for the same arguments, and never throws.</summary>
    public void Define(string name, int arguments, Action<sqlite3_context, sqlite3_value[]> function) => Check(raw.sqlite3_create_function(
        _handle, name, arguments, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, null, (context, _, values) => function(context, values)));

    /// <summary>Asks every so many steps whether to go on; a statement that may not ends with <see cref="DatabaseException.Interrupted"/>. Null asks no more.</summary>
    public void Watch(int steps, Func<bool>? mayGoOn)
    {
        if (mayGoOn is null)
        {
            raw.sqlite3_progress_handler(_handle, 0, null, null);
            return;
        }

        raw.sqlite3_progress_handler(_handle, steps, _ => mayGoOn() ? 0 : 1, null);
    }

    /// <summary>A single number.</summary>
    public long Scalar(string sql)
    {
        using var row = Prepare(sql).Run();
        return row.Next() ? row.Int64(0) : 0;
    }

    /// <summary>Brings what the write-ahead log holds into the file and empties the log; false when a reader keeps it.</summary>
    public bool EmptyLog() => Scalar("PRAGMA wal_checkpoint(TRUNCATE)") == 0;

    /// <summary>Writes a consistent copy, without free pages, to a file that does not exist yet.</summary>
    public void CopyTo(string path) => Prepare("VACUUM INTO ?").Bind(1, path).Execute();

    /// <summary>Begins a write transaction.</summary>
    public void Begin() => Execute("BEGIN IMMEDIATE");

    /// <summary>Commits; durable on return.</summary>
    public void Commit()
    {
        BeforeCommit?.Invoke();
        Execute("COMMIT");
    }

    /// <summary>Undoes the open transaction, if there is one.</summary>
    public void Rollback()
    {
        if (!_disposed && InTransaction)
        {
            Execute("ROLLBACK");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (BeforeCommit is not null)
        {
            Rollback();
            return;
        }

        if (_disposed)
        {
            return;
        }

        _disposed = true;
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        // close_v2 cannot fail for want of finalized statements.
        _ = raw.sqlite3_close_v2(_handle);
        _handle.Dispose();
    }

    /// <summary>Throws unless the result code says success.</summary>
    internal void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return;
        }

        throw new DatabaseException(code & 0xFF, $"SQLite: {raw.sqlite3_errmsg(_handle).utf8_to_string()} (code {raw.sqlite3_extended_errcode(_handle)})");
    }

    private static Database Open(string path, Action? beforeCommit)
    {
        var code = raw.sqlite3_open_v2(path, out var handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            var message = raw.sqlite3_errmsg(handle).utf8_to_string();
            handle.Dispose();
            throw new DatabaseException(code & 0xFF, $"SQLite cannot open {path}: {message}");
        }

        return new Database(handle) { BeforeCommit = beforeCommit };
    }
}
