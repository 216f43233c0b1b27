using System.Text;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// A statement in the making. Its text is made of names of this program alone; whatever came from outside is a parameter.
/// </summary>
internal sealed class SqlText(string prefix = "t")
{
    private readonly StringBuilder _text = new();
    private readonly List<EntityValue> _parameters = [];
    private int _aliases;

    /// <summary>With what its names begin.</summary>
    public string Prefix => prefix;

    /// <summary>Appends text of this program.</summary>
    public SqlText Add(string sql)
    {
        _text.Append(sql);
        return this;
    }

    /// <summary>Appends another text with its parameters.</summary>
    public SqlText Add(SqlText other)
    {
        _text.Append(other._text);
        _parameters.AddRange(other._parameters);
        return this;
    }

    /// <summary>Appends a parameter.</summary>
    public SqlText Bind(EntityValue value)
    {
        _text.Append('?');
        _parameters.Add(value);
        return this;
    }

    /// <summary>Appends a parameter.</summary>
    public SqlText Bind(long value) => Bind(EntityValue.Of(value));

    /// <summary>Appends a parameter.</summary>
    public SqlText Bind(string value) => Bind(EntityValue.Of(value));

    /// <summary>A name for a table that no other has in this statement.</summary>
    public string Alias() => $"{prefix}{_aliases++}";

    /// <summary>The statement with its parameters.</summary>
    public Statement Prepare(Database database)
    {
        var statement = database.PrepareOnce(_text.ToString());
        for (var i = 0; i < _parameters.Count; i++)
        {
            Bind(statement, i + 1, _parameters[i]);
        }

        return statement;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static void Bind(Statement statement, int index, EntityValue value) => _ = value.Kind switch
    {
        ValueKind.Null => statement.BindNull(index),
        ValueKind.Number => statement.Bind(index, value.Real),
        ValueKind.Text or ValueKind.Geometry or ValueKind.Json => statement.Bind(index, value.Text!),
        _ => statement.Bind(index, value.Start),
    };
}
