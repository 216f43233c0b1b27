using Quartier.Contracts.SensorThings;
using SQLitePCL;

namespace Quartier.Storage.Databases;

/// <summary>The rows of a running statement, one at a time.</summary>
internal readonly struct Rows(Database database, sqlite3_stmt handle) : IDisposable
{
    /// <summary>Moves to the next row; false when there is none.</summary>
    public bool Next()
    {
        var code = raw.sqlite3_step(handle);
        database.Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>The column as a whole number.</summary>
    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>The column as a number.</summary>
    public double Double(int column) => raw.sqlite3_column_double(handle, column);

    /// <summary>The column as text.</summary>
    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <summary>The column's bytes, valid until the next row.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>The column as text, or null.</summary>
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The column as a whole number, or null.</summary>
    public long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    /// <summary>The column as SQLite holds it: a number, a text or nothing.</summary>
    public EntityValue Value(int column) => raw.sqlite3_column_type(handle, column) switch
    {
        raw.SQLITE_INTEGER => EntityValue.Of(Int64(column)),
        raw.SQLITE_FLOAT => EntityValue.Of(Double(column)),
        raw.SQLITE_TEXT => EntityValue.Of(Text(column)),
        _ => EntityValue.Null,
    };

    /// <summary>Whether the column is NULL.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <inheritdoc/>
    public void Dispose() => _ = raw.sqlite3_reset(handle);
}
