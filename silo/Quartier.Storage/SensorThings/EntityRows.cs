using System.Collections.Immutable;
using System.Globalization;
using Quartier.Contracts.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>Entities from rows of a statement.</summary>
internal sealed class EntityRows(EntityTable table, EntitySight sight)
{
    private const string Numbers = "(SELECT group_concat(c.number) FROM (SELECT number FROM sta_component WHERE multi_datastream_id = {0}.id ORDER BY position) c)";

    /// <summary>How many columns an entity takes.</summary>
    public int Width => 6 + table.Type.Properties.Length - 1;

    /// <summary>The columns of an entity of the alias.</summary>
    public string Columns(string alias)
    {
        var columns = new List<string> { "id", "version", "city", "district", "registry_key" };
        var text = columns.Select(c => $"{alias}.{c}").ToList();
        text.Add(NumbersOf(table.Type.Kind, alias));
        text.AddRange(table.Columns.Skip(1).Select(c => c is null ? "NULL" : $"{alias}.{c}"));
        return string.Join(", ", text);
    }

    /// <summary>The column of the reading store's numbers, as a text with commas.</summary>
    public static string NumbersOf(EntityKind kind, string alias) => kind switch
    {
        EntityKind.Datastream => $"CAST({alias}.number AS TEXT)",
        EntityKind.MultiDatastream => string.Format(CultureInfo.InvariantCulture, Numbers, alias),
        _ => "NULL",
    };

    /// <summary>The entity of the row.</summary>
    public Entity Read(in Rows row)
    {
        var id = row.Int64(0);
        var values = ImmutableArray.CreateBuilder<EntityValue>(table.Columns.Length);
        values.Add(EntityValue.Of(id));
        foreach (var property in table.Type.Properties.AsSpan()[1..])
        {
            var column = 5 + property.Index;
            values.Add(row.IsNull(column) || IsHidden(property, id) ? EntityValue.Null : Value(property.Type, row, column));
        }

        var owner = new EntityOwner(row.Text(2), row.TextOrNull(3), row.TextOrNull(4));
        return new Entity(table.Type.Kind, id, row.Int64(1), owner, values.MoveToImmutable(), row.IsNull(5) ? [] : [.. row.Text(5).Split(',').Select(Number)]);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static EntityValue Value(ValueKind type, in Rows row, int column) => type switch
    {
        ValueKind.Instant => EntityValue.Instant(row.Int64(column)),
        ValueKind.Text => EntityValue.Of(row.Text(column)),
        ValueKind.Geometry => EntityValue.Geometry(row.Text(column)),
        _ => EntityValue.Json(row.Text(column)),
    };

    private bool IsHidden(EntityProperty property, long id) => property.Type == ValueKind.Geometry && table.Type.Kind switch
    {
        EntityKind.Location => sight.HiddenLocations.Contains(id),
        EntityKind.FeatureOfInterest => sight.HiddenFeatures.Contains(id),
        _ => false,
    };
}
