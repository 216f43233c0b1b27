using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>How values compare. A span of time is half-open; lt and gt ask whether it lies before or after, le whether it ends no later, ge whether it begins no earlier.</summary>
public static class Comparison
{
    /// <summary>Whether they are equal; null equals null only.</summary>
    public static bool AreEqual(EntityValue left, EntityValue right)
    {
        if (left.IsNull || right.IsNull)
        {
            return left.IsNull && right.IsNull;
        }

        (left, right) = Aligned(left, right);
        if (Typing.IsTime(left.Kind) && Typing.IsTime(right.Kind))
        {
            return left.Start == right.Start && left.End == right.End;
        }

        return Order(left, right) == 0;
    }

    /// <summary>Whether an order holds; false when either is null or they cannot be compared.</summary>
    public static bool Holds(Operator op, EntityValue left, EntityValue right)
    {
        (left, right) = Aligned(left, right);
        if (Typing.IsTime(left.Kind) && Typing.IsTime(right.Kind))
        {
            return op switch
            {
                Operator.Less => Before(left, right),
                Operator.Greater => Before(right, left),
                Operator.LessOrEqual => left.End <= right.End,
                _ => left.Start >= right.Start,
            };
        }

        return left.Kind != ValueKind.Boolean && Order(left, right) is { } order && op switch
        {
            Operator.Less => order < 0,
            Operator.Greater => order > 0,
            Operator.LessOrEqual => order <= 0,
            _ => order >= 0,
        };
    }

    /// <summary>Whether one lies before the other.</summary>
    public static bool Before(EntityValue left, EntityValue right) => IsSpan(left) ? left.End <= right.Start : left.Start < right.Start;

    /// <summary>Whether a time lasts.</summary>
    public static bool IsSpan(EntityValue time) => time.End > time.Start;

    // A text beside a time is read as a time: JSON has no other.
    private static (EntityValue Left, EntityValue Right) Aligned(EntityValue left, EntityValue right) => (AsTime(left, right.Kind), AsTime(right, left.Kind));

    private static EntityValue AsTime(EntityValue value, ValueKind other) =>
        value.Kind == ValueKind.Text && Typing.IsTime(other) && TimeText.TryInstant(value.Text, out var ms) ? EntityValue.Instant(ms) : value;

    private static int? Order(EntityValue left, EntityValue right) => (left.Kind, right.Kind) switch
    {
        (ValueKind.Whole, ValueKind.Whole) => left.Start.CompareTo(right.Start),
        (ValueKind.Whole or ValueKind.Number, ValueKind.Whole or ValueKind.Number) => left.Real.CompareTo(right.Real),
        (ValueKind.Text, ValueKind.Text) => CodePoints.Compare(left.Text!, right.Text!),
        (ValueKind.Boolean, ValueKind.Boolean) or (ValueKind.Duration, ValueKind.Duration) or (ValueKind.TimeOfDay, ValueKind.TimeOfDay) =>
            left.Start.CompareTo(right.Start),
        _ => null,
    };
}
