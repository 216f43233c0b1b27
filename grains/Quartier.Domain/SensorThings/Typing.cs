using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>Kinds of expressions, as far as they are known before any data are seen. <see cref="ValueKind.Json"/> may turn out to be anything.</summary>
public static class Typing
{
    /// <summary>The kind of the expression's value.</summary>
    public static ValueKind Of(Expression expression) => expression switch
    {
        Expression.Literal literal => literal.Value.Kind,
        Expression.Property property => property.Of.Type,
        Expression.Call call => FunctionTable.Of(call.Function).Result,
        Expression.Unary { Operator: Operator.Not } => ValueKind.Boolean,
        Expression.Unary unary => Of(unary.Operand) == ValueKind.Duration ? ValueKind.Duration : ValueKind.Number,
        Expression.Binary binary => IsArithmetic(binary.Operator) ? Arithmetic(binary) : ValueKind.Boolean,
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "Not a kind of expression."),
    };

    /// <summary>Whether the kind is a number.</summary>
    public static bool IsNumber(ValueKind kind) => kind is ValueKind.Whole or ValueKind.Number;

    /// <summary>Whether the kind is a time: an instant, a span or a day.</summary>
    public static bool IsTime(ValueKind kind) => kind is ValueKind.Instant or ValueKind.Interval or ValueKind.Date;

    /// <summary>Whether the kind is known only when data are seen.</summary>
    public static bool IsOpen(ValueKind kind) => kind is ValueKind.Json or ValueKind.Null;

    /// <summary>Whether the operator computes.</summary>
    public static bool IsArithmetic(Operator op) => op is Operator.Add or Operator.Subtract or Operator.Multiply or Operator.Divide or Operator.Modulo;

    /// <summary>Whether the operator compares.</summary>
    public static bool IsComparison(Operator op) => op <= Operator.LessOrEqual;

    /// <summary>The kind of a computation, or null when the operands do not fit.</summary>
    public static ValueKind? Computed(Operator op, ValueKind left, ValueKind right)
    {
        if (Fits(left, IsNumber) && Fits(right, IsNumber))
        {
            return ValueKind.Number;
        }

        return (op, left, right) switch
        {
            (Operator.Add or Operator.Subtract, _, ValueKind.Duration) when IsTime(left) => ValueKind.Instant,
            (Operator.Add, ValueKind.Duration, _) when IsTime(right) => ValueKind.Instant,
            (Operator.Subtract, _, _) when IsTime(left) && IsTime(right) => ValueKind.Duration,
            (Operator.Add or Operator.Subtract, ValueKind.Duration, ValueKind.Duration) => ValueKind.Duration,
            (Operator.Multiply or Operator.Divide, ValueKind.Duration, _) when IsNumber(right) => ValueKind.Duration,
            (Operator.Multiply, _, ValueKind.Duration) when IsNumber(left) => ValueKind.Duration,
            (Operator.Divide, ValueKind.Duration, ValueKind.Duration) => ValueKind.Number,
            _ => null,
        };
    }

    /// <summary>Whether values of the kinds can be compared.</summary>
    public static bool Comparable(ValueKind left, ValueKind right) =>
        IsOpen(left) || IsOpen(right) || left == right || (IsNumber(left) && IsNumber(right)) || (IsTime(left) && IsTime(right));

    /// <summary>Whether a value of the kind may stand where the parameter's kind is asked for.</summary>
    public static bool Accepts(ValueKind parameter, ValueKind kind) => IsOpen(kind) || parameter switch
    {
        ValueKind.Number => IsNumber(kind),
        ValueKind.Interval => IsTime(kind),
        _ => parameter == kind,
    };

    /// <summary>What the kind is called.</summary>
    public static string NameOf(ValueKind kind) => kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Boolean => "a condition",
        ValueKind.Whole or ValueKind.Number => "a number",
        ValueKind.Text => "a text",
        ValueKind.Instant or ValueKind.Interval => "a time",
        ValueKind.Duration => "a duration",
        ValueKind.Date => "a date",
        ValueKind.TimeOfDay => "a time of day",
        ValueKind.Geometry => "a geometry",
        _ => "JSON",
    };

    private static ValueKind Arithmetic(Expression.Binary binary) =>
        Computed(binary.Operator, Of(binary.Left), Of(binary.Right)) ?? ValueKind.Null;

    private static bool Fits(ValueKind kind, Func<ValueKind, bool> isKind) => IsOpen(kind) || isKind(kind);
}
