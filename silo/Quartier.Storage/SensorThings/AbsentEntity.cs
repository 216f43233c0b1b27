using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// What a part of a filter says of an entity that an Observation does not have, such as the MultiDatastream of a Datastream's: its properties are null,
/// and nothing in its sets meets a condition.
/// </summary>
internal static class AbsentEntity
{
    /// <summary>The value of the part.</summary>
    public static EntityValue Value(Expression part, long nowMs) => new ExpressionEvaluator(Absent, nowMs).Evaluate(part);

    private static EntityValue? Absent(Expression part)
    {
        var isAtom = part is not (Expression.Binary { Operator: Operator.And or Operator.Or } or Expression.Unary { Operator: Operator.Not });
        if (isAtom && Typing.Of(part) == ValueKind.Boolean && Paths.All(part).Any(p => p.Steps.Any(s => s.Many)))
        {
            return EntityValue.Of(false);
        }

        return part is Expression.Property ? EntityValue.Null : null;
    }
}
