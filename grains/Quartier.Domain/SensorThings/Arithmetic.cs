using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>Computes with numbers, times and durations; null where that has no meaning, and after a division by zero.</summary>
public static class Arithmetic
{
    /// <summary>The result.</summary>
    public static EntityValue Compute(Operator op, EntityValue left, EntityValue right)
    {
        if (Typing.IsNumber(left.Kind) && Typing.IsNumber(right.Kind))
        {
            return Number(op, left.Real, right.Real);
        }

        return (op, left.Kind, right.Kind) switch
        {
            (Operator.Add, _, ValueKind.Duration) when Typing.IsTime(left.Kind) => EntityValue.Instant(left.Start + right.Start),
            (Operator.Subtract, _, ValueKind.Duration) when Typing.IsTime(left.Kind) => EntityValue.Instant(left.Start - right.Start),
            (Operator.Add, ValueKind.Duration, _) when Typing.IsTime(right.Kind) => EntityValue.Instant(left.Start + right.Start),
            (Operator.Subtract, _, _) when Typing.IsTime(left.Kind) && Typing.IsTime(right.Kind) => EntityValue.Duration(left.Start - right.Start),
            (Operator.Divide, ValueKind.Duration, ValueKind.Duration) => Number(op, left.Start, right.Start),
            (_, ValueKind.Duration, ValueKind.Duration) or (_, ValueKind.Duration, ValueKind.Whole or ValueKind.Number)
                or (Operator.Multiply, ValueKind.Whole or ValueKind.Number, ValueKind.Duration) => Length(Number(op, Plain(left), Plain(right))),
            _ => EntityValue.Null,
        };
    }

    private static double Plain(EntityValue value) => value.Kind == ValueKind.Duration ? value.Start : value.Real;

    private static EntityValue Length(EntityValue ms) => ms.IsNull ? ms : EntityValue.Duration((long)Math.Round(ms.Real, MidpointRounding.AwayFromZero));

    private static EntityValue Number(Operator op, double left, double right)
    {
        var result = op switch
        {
            Operator.Add => left + right,
            Operator.Subtract => left - right,
            Operator.Multiply => left * right,
            Operator.Divide => right == 0 ? double.NaN : left / right,
            Operator.Modulo => right == 0 ? double.NaN : left % right,
            _ => throw new ArgumentOutOfRangeException(nameof(op), op, "It does not compute."),
        };
        return double.IsNaN(result) ? EntityValue.Null : EntityValue.Of(result);
    }
}
