using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>A condition on Observations to which a path leads: what hangs on the Observation, and parts that do not.</summary>
internal sealed class ObservedCondition
{
    private readonly Navigation[] _path;
    private readonly Expression _condition;
    private readonly List<Expression> _parts = [];

    /// <summary>Takes conditions joined by "and" apart.</summary>
    public ObservedCondition(Navigation[] path, IReadOnlyList<Expression> conditions)
    {
        _path = path;
        _condition = conditions.Aggregate((a, b) => new Expression.Binary(Operator.And, a, b));
        Collect(_condition);
    }

    /// <summary>Parts that are the same for all Observations of a source.</summary>
    public ImmutableArray<Expression> Parts => [.. _parts];

    /// <summary>The condition as a question about Observations, with the values of the parts.</summary>
    public Expression With(ImmutableArray<EntityValue> values) => Bound(_condition, values);

    private void Collect(Expression expression)
    {
        if (Paths.All(expression).Any(IsOwn))
        {
            foreach (var child in Children(expression))
            {
                Collect(child);
            }
        }
        else if (Paths.All(expression).Any())
        {
            _parts.Add(expression);
        }
    }

    private static IEnumerable<Expression> Children(Expression expression) => expression switch
    {
        Expression.Unary unary => [unary.Operand],
        Expression.Binary binary => [binary.Left, binary.Right],
        Expression.Call call => call.Arguments,
        _ => [],
    };

    private bool IsOwn(Expression.Property property) => property.Steps.AsSpan().SequenceEqual(_path);

    private Expression Bound(Expression expression, ImmutableArray<EntityValue> values)
    {
        var part = _parts.FindIndex(p => ReferenceEquals(p, expression));
        return part >= 0 ? new Expression.Literal(values[part]) : expression switch
        {
            Expression.Property property => property with { Steps = [] },
            Expression.Unary unary => unary with { Operand = Bound(unary.Operand, values) },
            Expression.Binary binary => binary with { Left = Bound(binary.Left, values), Right = Bound(binary.Right, values) },
            Expression.Call call => call with { Arguments = [.. call.Arguments.Select(a => Bound(a, values))] },
            _ => expression,
        };
    }
}
