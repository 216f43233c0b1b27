using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>What the conditions of a filter that are joined by "and" say of the times of the Observations that may pass it.</summary>
/// <param name="FromMs">None that begins before this passes.</param>
/// <param name="ToMs">None that begins at this or later passes.</param>
/// <param name="Id">Only this one passes; null for any.</param>
public sealed record ObservationWindow(long FromMs, long ToMs, long? Id)
{
    private bool HasResultTimes { get; init; }

    /// <summary>The narrowest window that is sure.</summary>
    /// <param name="filter">Of Observations; null for none.</param>
    /// <param name="hasResultTimes">Whether some may have a resultTime of their own, which says nothing of the phenomenonTime.</param>
    public static ObservationWindow Of(Expression? filter, bool hasResultTimes = false)
    {
        var window = new ObservationWindow(long.MinValue, long.MaxValue, null) { HasResultTimes = hasResultTimes };
        return filter is null ? window : window.Narrowed(filter);
    }

    private ObservationWindow Narrowed(Expression condition) => condition switch
    {
        Expression.Binary { Operator: Operator.And } and => Narrowed(and.Left).Narrowed(and.Right),
        Expression.Binary { Left: Expression.Property { Steps.IsEmpty: true } property, Right: Expression.Literal literal } one =>
            Narrowed(one.Operator, property.Of, literal.Value),

        // What ends no earlier than something may begin before it.
        Expression.Binary { Operator: Operator.LessOrEqual, Left: Expression.Literal } => this,
        Expression.Binary { Left: Expression.Literal literal, Right: Expression.Property { Steps.IsEmpty: true } property } turned =>
            Narrowed(Turned(turned.Operator), property.Of, literal.Value),
        Expression.Call { Function: Function.During, Arguments: [Expression.Property { Steps.IsEmpty: true } property, Expression.Literal literal] }
            when property.Of.Name is "phenomenonTime" => Narrowed(Operator.GreaterOrEqual, property.Of, literal.Value).Before(literal.Value.End),
        _ => this,
    };

    /// <summary>The operator that says the same with its sides exchanged.</summary>
    internal static Operator Turned(Operator op) => op switch
    {
        Operator.Less => Operator.Greater,
        Operator.Greater => Operator.Less,
        Operator.LessOrEqual => Operator.GreaterOrEqual,
        Operator.GreaterOrEqual => Operator.LessOrEqual,
        _ => op,
    };

    // resultTime is the end of a window, so it says when an Observation has begun at the latest, but not the earliest.
    private ObservationWindow Narrowed(Operator op, EntityProperty property, EntityValue value)
    {
        if (property.Name is "id" && op == Operator.Equal && value.Kind == ValueKind.Whole)
        {
            return this with { Id = Id is { } other && other != value.Start ? -1 : value.Start };
        }

        var isKnown = property.Name is "phenomenonTime" || (property.Name is "resultTime" && !HasResultTimes);
        if (!isKnown || !Typing.IsTime(value.Kind))
        {
            return this;
        }

        var isStart = property.Name is "phenomenonTime";
        return op switch
        {
            Operator.Greater or Operator.GreaterOrEqual when isStart => this with { FromMs = Math.Max(FromMs, value.Start) },
            Operator.Less => Before(value.Start),
            Operator.LessOrEqual => Before(value.End),
            Operator.Equal => isStart ? (this with { FromMs = Math.Max(FromMs, value.Start) }).Before(value.Start) : Before(value.Start),
            _ => this,
        };
    }

    private ObservationWindow Before(long lastMs) => this with { ToMs = Math.Min(ToMs, lastMs + 1) };
}
