namespace Quartier.Domain.Assets;

using Code = Func<AssetValues, double>;

/// <summary>
/// The meaning of operators. NaN stands for unknown. <c>and</c> and <c>or</c> are known when one side settles them; everything else that needs an
/// unknown value is unknown; so is what is not finite.
/// </summary>
internal static class ExpressionCode
{
    public static Code Negate(Code inner) => values => -inner(values);

    public static Code Not(Code inner) => values => Truth(inner(values)) switch
    {
        true => 0,
        false => 1,
        null => double.NaN,
    };

    public static Code Binary(ExpressionOperator op, Code left, Code right) => op switch
    {
        ExpressionOperator.Or => values => Or(Truth(left(values)), Truth(right(values))),
        ExpressionOperator.And => values => And(Truth(left(values)), Truth(right(values))),
        ExpressionOperator.Equal => Compare(left, right, static (a, b) => a.Equals(b)),
        ExpressionOperator.Unequal => Compare(left, right, static (a, b) => !a.Equals(b)),
        ExpressionOperator.Less => Compare(left, right, static (a, b) => a < b),
        ExpressionOperator.LessOrEqual => Compare(left, right, static (a, b) => a <= b),
        ExpressionOperator.Greater => Compare(left, right, static (a, b) => a > b),
        ExpressionOperator.GreaterOrEqual => Compare(left, right, static (a, b) => a >= b),
        ExpressionOperator.Add => values => Finite(left(values) + right(values)),
        ExpressionOperator.Subtract => values => Finite(left(values) - right(values)),
        ExpressionOperator.Multiply => values => Finite(left(values) * right(values)),
        _ => values => Finite(left(values) / right(values)),
    };

    public static Code If(Code condition, Code then, Code otherwise) => values => Truth(condition(values)) switch
    {
        true => then(values),
        false => otherwise(values),
        null => double.NaN,
    };

    /// <summary>The value plus 0, which turns -0 into 0, or unknown when it is not finite.</summary>
    public static double Finite(double value) => double.IsFinite(value) ? value + 0.0 : double.NaN;

    /// <summary>Whether a value counts as true; null when it is unknown.</summary>
    public static bool? Truth(double value) => double.IsNaN(value) ? null : !value.Equals(0.0) && !value.Equals(-0.0);

    private static Code Compare(Code left, Code right, Func<double, double, bool> holds) => values =>
    {
        var (a, b) = (left(values) + 0.0, right(values) + 0.0);
        if (double.IsNaN(a) || double.IsNaN(b))
        {
            return double.NaN;
        }

        return holds(a, b) ? 1 : 0;
    };

    private static double And(bool? left, bool? right)
    {
        if (left is false || right is false)
        {
            return 0;
        }

        return left is true && right is true ? 1 : double.NaN;
    }

    private static double Or(bool? left, bool? right)
    {
        if (left is true || right is true)
        {
            return 1;
        }

        return left is false && right is false ? 0 : double.NaN;
    }
}
