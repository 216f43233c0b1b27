using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>
/// Computes expressions on values in memory, by the rules that the store's SQL follows too: a value of another kind than asked for is null;
/// eq and ne know null, other comparisons with null are false; and, or, not are three-valued; other operators and functions of null are null.
/// </summary>
/// <param name="valueOf">The value of a property, or of a part that is known otherwise; null for parts to be computed.</param>
/// <param name="nowMs">The present, for <c>now()</c>.</param>
public sealed class ExpressionEvaluator(Func<Expression, EntityValue?> valueOf, long nowMs)
{
    /// <summary>Whether the condition holds; null is no.</summary>
    public bool Holds(Expression condition) => Evaluate(condition) is { Kind: ValueKind.Boolean, Start: 1 };

    /// <summary>The value.</summary>
    public EntityValue Evaluate(Expression expression) => valueOf(expression) ?? expression switch
    {
        Expression.Literal literal => literal.Value,
        Expression.Unary { Operator: Operator.Not } not => Truth(not.Operand) is { } truth ? EntityValue.Of(!truth) : EntityValue.Null,
        Expression.Unary unary => Negated(Evaluate(unary.Operand)),
        Expression.Binary { Operator: Operator.And } and => And(and),
        Expression.Binary { Operator: Operator.Or } or => Or(or),
        Expression.Binary binary when Typing.IsArithmetic(binary.Operator) => Arithmetic.Compute(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right)),
        Expression.Binary comparison => EntityValue.Of(Compared(comparison)),
        Expression.Call call => FunctionValues.Of(call.Function, [.. call.Arguments.Select(Evaluate)], nowMs),
        _ => EntityValue.Null,
    };

    private static EntityValue Negated(EntityValue value) => value.Kind switch
    {
        ValueKind.Whole or ValueKind.Number => EntityValue.Of(-value.Real),
        ValueKind.Duration => EntityValue.Duration(-value.Start),
        _ => EntityValue.Null,
    };

    private EntityValue And(Expression.Binary and)
    {
        var left = Truth(and.Left);
        if (left == false)
        {
            return EntityValue.Of(false);
        }

        var right = Truth(and.Right);
        if (right == false)
        {
            return EntityValue.Of(false);
        }

        return left is null || right is null ? EntityValue.Null : EntityValue.Of(true);
    }

    private EntityValue Or(Expression.Binary or)
    {
        var left = Truth(or.Left);
        if (left == true)
        {
            return EntityValue.Of(true);
        }

        var right = Truth(or.Right);
        if (right == true)
        {
            return EntityValue.Of(true);
        }

        return left is null || right is null ? EntityValue.Null : EntityValue.Of(false);
    }

    private bool? Truth(Expression condition) => Evaluate(condition) is { Kind: ValueKind.Boolean } value ? value.Start == 1 : null;

    private bool Compared(Expression.Binary comparison)
    {
        var (left, right) = (Evaluate(comparison.Left), Evaluate(comparison.Right));
        return comparison.Operator switch
        {
            Operator.Equal => Comparison.AreEqual(left, right),
            Operator.NotEqual => !Comparison.AreEqual(left, right),
            _ => Comparison.Holds(comparison.Operator, left, right),
        };
    }
}
