using Quartier.Contracts.SensorThings;

namespace Quartier.Domain.SensorThings;

/// <summary>The properties that expressions name.</summary>
public static class Paths
{
    /// <summary>All of them, in the order in which they stand.</summary>
    public static IEnumerable<Expression.Property> All(Expression expression) => expression switch
    {
        Expression.Property property => [property],
        Expression.Unary unary => All(unary.Operand),
        Expression.Binary binary => All(binary.Left).Concat(All(binary.Right)),
        Expression.Call call => call.Arguments.SelectMany(All),
        _ => [],
    };
}
