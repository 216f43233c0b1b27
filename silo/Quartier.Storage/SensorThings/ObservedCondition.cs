using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>A condition on Observations to which paths lead: what hangs on the Observations, and parts that do not.</summary>
internal sealed class ObservedCondition
{
    private readonly ImmutableArray<Navigation[]> _paths;
    private readonly Expression _condition;
    private readonly List<Expression> _parts = [];

    /// <summary>Takes conditions joined by "and" apart.</summary>
    public ObservedCondition(ImmutableArray<Navigation[]> paths, IReadOnlyList<Expression> conditions)
    {
        _paths = paths;
        _condition = conditions.Aggregate((a, b) => new Expression.Binary(Operator.And, a, b));
        Collect(_condition);
    }

    /// <summary>Parts that are the same for all Observations of the sources.</summary>
    public ImmutableArray<Expression> Parts => [.. _parts];

    /// <summary>Paths whose Observations are meant; mostly one.</summary>
    public int Sides => _paths.Length;

    /// <summary>Ways to all properties that the condition names.</summary>
    public IEnumerable<Navigation[]> Named => Paths.All(_condition).Select(p => p.Steps.ToArray());

    /// <summary>The condition as a question about the Observations of the only path, with the values of the parts.</summary>
    public Expression With(ImmutableArray<EntityValue> values) => Bound(_condition, values, isOnly: true);

    /// <summary>The condition with the values of the parts; properties of Observations keep the steps of their path.</summary>
    public Expression Beside(ImmutableArray<EntityValue> values) => Bound(_condition, values, isOnly: false);

    /// <summary>The place of the path whose own property it is, or -1.</summary>
    public int SideOf(Expression.Property property)
    {
        for (var i = 0; i < _paths.Length; i++)
        {
            if (property.Steps.AsSpan().SequenceEqual(_paths[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private void Collect(Expression expression)
    {
        var properties = Paths.All(expression).ToList();
        if (properties.Exists(p => SideOf(p) >= 0))
        {
            foreach (var child in Children(expression))
            {
                Collect(child);
            }
        }
        else if (properties.Count > 0)
        {
            _parts.Add(expression);
        }
    }

    /// <summary>Operands and arguments.</summary>
    public static IEnumerable<Expression> Children(Expression expression) => expression switch
    {
        Expression.Unary unary => [unary.Operand],
        Expression.Binary binary => [binary.Left, binary.Right],
        Expression.Call call => call.Arguments,
        _ => [],
    };

    private Expression Bound(Expression expression, ImmutableArray<EntityValue> values, bool isOnly)
    {
        var part = _parts.FindIndex(p => ReferenceEquals(p, expression));
        return part >= 0 ? new Expression.Literal(values[part]) : expression switch
        {
            Expression.Property property when isOnly => property with { Steps = [] },
            Expression.Unary unary => unary with { Operand = Bound(unary.Operand, values, isOnly) },
            Expression.Binary binary => binary with { Left = Bound(binary.Left, values, isOnly), Right = Bound(binary.Right, values, isOnly) },
            Expression.Call call => call with { Arguments = [.. call.Arguments.Select(a => Bound(a, values, isOnly))] },
            _ => expression,
        };
    }
}
