using System.Collections.Immutable;

namespace Quartier.Contracts.SensorThings;

/// <summary>An expression of <c>$filter</c> or <c>$orderby</c>: names are resolved, literals are read. Immutable.</summary>
public abstract record Expression
{
    private Expression()
    {
    }

    /// <summary>A literal.</summary>
    public sealed record Literal(EntityValue Value) : Expression;

    /// <summary>A property, of the entity itself or of related ones.</summary>
    /// <param name="Steps">Ways to the entity that has the property; mostly empty.</param>
    /// <param name="Of">The property.</param>
    /// <param name="Inside">Names within the property (<c>properties/a/b</c>, <c>result/0</c>); mostly empty.</param>
    public sealed record Property(ImmutableArray<Navigation> Steps, EntityProperty Of, ImmutableArray<string> Inside) : Expression;

    /// <summary>An operator with one operand.</summary>
    public sealed record Unary(Operator Operator, Expression Operand) : Expression;

    /// <summary>An operator with two operands.</summary>
    public sealed record Binary(Operator Operator, Expression Left, Expression Right) : Expression;

    /// <summary>A function.</summary>
    public sealed record Call(Function Function, ImmutableArray<Expression> Arguments) : Expression;
}
