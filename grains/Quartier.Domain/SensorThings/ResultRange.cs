using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>What the conditions of a filter that are joined by "and" say of the results of the Observations that may pass it.</summary>
/// <param name="Least">None with a smaller result passes.</param>
/// <param name="Most">None with a greater result passes.</param>
public sealed record ResultRange(double Least, double Most)
{
    /// <summary>Whether they say nothing.</summary>
    public bool IsAll => double.IsNegativeInfinity(Least) && double.IsPositiveInfinity(Most);

    /// <summary>The narrowest range that is sure.</summary>
    /// <param name="filter">Of Observations.</param>
    public static ResultRange Of(Expression filter) => new ResultRange(double.NegativeInfinity, double.PositiveInfinity).Narrowed(filter);

    /// <summary>Whether a result of the range may be among values from a least to a greatest.</summary>
    public bool Meets(double least, double most) => least <= Most && most >= Least;

    private ResultRange Narrowed(Expression condition) => condition switch
    {
        Expression.Binary { Operator: Operator.And } and => Narrowed(and.Left).Narrowed(and.Right),
        Expression.Binary { Left: Expression.Property property, Right: Expression.Literal literal } one when IsResult(property) => Narrowed(one.Operator, literal.Value),
        Expression.Binary { Left: Expression.Literal literal, Right: Expression.Property property } turned when IsResult(property) =>
            Narrowed(ObservationWindow.Turned(turned.Operator), literal.Value),
        _ => this,
    };

    private static bool IsResult(Expression.Property property) => property is { Steps.IsEmpty: true, Inside.IsEmpty: true, Of.Name: "result" };

    private ResultRange Narrowed(Operator op, EntityValue value) => !Typing.IsNumber(value.Kind) ? this : op switch
    {
        Operator.Greater => this with { Least = Math.Max(Least, Math.BitIncrement(value.Real)) },
        Operator.GreaterOrEqual => this with { Least = Math.Max(Least, value.Real) },
        Operator.Less => this with { Most = Math.Min(Most, Math.BitDecrement(value.Real)) },
        Operator.LessOrEqual => this with { Most = Math.Min(Most, value.Real) },
        Operator.Equal => new ResultRange(Math.Max(Least, value.Real), Math.Min(Most, value.Real)),
        _ => this,
    };
}
