using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Which conditions of a filter on Observations that are joined by "and" mean the same entities of sets beside the Observation.</summary>
internal static class JoinedConditions
{
    /// <summary>The filter with such conditions beside each other.</summary>
    public static Expression Grouped(Expression filter) => filter switch
    {
        Expression.Binary { Operator: Operator.And } => All(Translation.Flatten(filter, Operator.And).Select(Grouped).GroupBy(KeyOf).Select(All)),
        Expression.Binary { Operator: Operator.Or } or => or with { Left = Grouped(or.Left), Right = Grouped(or.Right) },
        Expression.Unary { Operator: Operator.Not } not => not with { Operand = Grouped(not.Operand) },
        _ => filter,
    };

    /// <summary>Whether the expression is one condition on entities of sets: a comparison or a function, or several that mean the same ones.</summary>
    public static bool IsOne(Expression expression) => expression switch
    {
        Expression.Binary { Operator: Operator.And } => KeyOf(expression) is { Length: > 0 } key
            && Translation.Flatten(expression, Operator.And).TrueForAll(c => string.Equals(KeyOf(c), key, StringComparison.Ordinal)),
        Expression.Binary { Operator: Operator.Or } or Expression.Unary { Operator: Operator.Not } => false,
        _ => Typing.Of(expression) == ValueKind.Boolean && Sets(expression).Length > 0,
    };

    private static Expression All(IEnumerable<Expression> conditions) => conditions.Aggregate((a, b) => new Expression.Binary(Operator.And, a, b));

    // Empty where each condition means entities of its own.
    private static string KeyOf(Expression condition)
    {
        var sets = Sets(condition);
        var isDivided = condition is Expression.Binary { Operator: Operator.Or } && sets.Count(s => s.EndsWith("/Observations/", StringComparison.Ordinal)) > 1;
        return isDivided || Translation.HasNot(condition) ? string.Empty : string.Join(',', sets);
    }

    private static string[] Sets(Expression condition) =>
    [
        .. Paths.All(condition).Where(p => p.Steps.Any(s => s.Many)).SelectMany(p => Translation.ByReadings([.. p.Steps.Take(p.Steps.ToList().FindLastIndex(s => s.Many) + 1)]))
            .Select(Translation.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];
}
