using SQLitePCL;

namespace Quartier.Storage.Databases;

/// <summary>A prepared statement: bind, run, read rows, and it resets itself.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    /// <summary>Binds a number to the parameter (from 1).</summary>
    public Statement Bind(int index, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    /// <summary>Binds a number to the parameter (from 1).</summary>
    public Statement Bind(int index, double value)
    {
        database.Check(raw.sqlite3_bind_double(handle, index, value));
        return this;
    }

    /// <summary>Binds a text to the parameter (from 1).</summary>
    public Statement Bind(int index, string value)
    {
        database.Check(raw.sqlite3_bind_text(handle, index, value));
        return this;
    }

    /// <summary>Binds bytes to the parameter (from 1).</summary>
    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        database.Check(raw.sqlite3_bind_blob(handle, index, value));
        return this;
    }

    /// <summary>Binds NULL to the parameter (from 1).</summary>
    public Statement BindNull(int index)
    {
        database.Check(raw.sqlite3_bind_null(handle, index));
        return this;
    }

    /// <summary>Binds a text, or NULL, to the parameter (from 1).</summary>
    public Statement BindOrNull(int index, string? value) => value is null ? BindNull(index) : Bind(index, value);

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Execute()
    {
        try
        {
            database.Check(raw.sqlite3_step(handle));
        }
        finally
        {
            _ = raw.sqlite3_reset(handle);
        }
    }

    /// <summary>Starts reading rows; dispose what is returned before running the statement again.</summary>
    public Rows Run() => new(database, handle);

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
