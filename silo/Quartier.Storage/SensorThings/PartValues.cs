using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;
using Quartier.Storage.Databases;

namespace Quartier.Storage.SensorThings;

/// <summary>Parts of conditions on Observations that the database computes beforehand, as two columns: the value, and the end of a span of time or the type of JSON.</summary>
internal static class PartValues
{
    /// <summary>The value of the part.</summary>
    public static EntityValue Read(Expression part, in Rows row, int column)
    {
        var value = row.Value(column);
        return value.IsNull ? value : Typing.Of(part) switch
        {
            ValueKind.Json => Json(value, row.Text(column + 1)),
            ValueKind.Boolean => EntityValue.Of(value.Real > 0),
            ValueKind.Interval when !row.IsNull(column + 1) => EntityValue.Interval(value.Start, row.Int64(column + 1)),
            ValueKind.Instant or ValueKind.Interval => EntityValue.Instant(value.Start),
            ValueKind.Date => EntityValue.Date(value.Start),
            ValueKind.Duration => EntityValue.Duration(value.Start),
            ValueKind.TimeOfDay => EntityValue.TimeOfDay(value.Start),
            _ => value,
        };
    }

    // The database takes true for 1, and an object for a text.
    private static EntityValue Json(EntityValue value, string type) => type switch
    {
        "true" or "false" => EntityValue.Of(value.Start == 1),
        "object" or "array" => EntityValue.Json(value.Text),
        _ => value,
    };
}
