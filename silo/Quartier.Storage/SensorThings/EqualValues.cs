using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Which values can be equal: what is equal by <see cref="Comparison.AreEqual"/> has the same key, though not the other way round.</summary>
internal static class EqualValues
{
    /// <summary>The key.</summary>
    public static EntityValue KeyOf(EntityValue value) => value.Kind switch
    {
        // Whole numbers beyond 2^53 may have the key of their neighbours.
        ValueKind.Whole or ValueKind.Number => EntityValue.Of(value.Real),
        ValueKind.Instant or ValueKind.Interval or ValueKind.Date => EntityValue.Interval(value.Start, value.End),
        ValueKind.Text when TimeText.TryInstant(value.Text, out var ms) => EntityValue.Interval(ms, ms),
        _ => value,
    };
}
