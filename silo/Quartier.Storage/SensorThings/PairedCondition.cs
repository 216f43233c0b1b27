using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>A condition on Observations of several paths: terms that hang on those of one path each, and what joins them.</summary>
internal sealed class PairedCondition
{
    private readonly Expression _asked;
    private readonly ObservedCondition _condition;
    private readonly long _nowMs;
    private readonly List<Expression>[] _terms;
    private readonly Dictionary<Expression, (int Side, int Place)> _places = new(ReferenceEqualityComparer.Instance);

    /// <summary>Takes the condition apart.</summary>
    /// <param name="asked">The condition with the values of what does not hang on Observations.</param>
    /// <param name="condition">Knows the paths.</param>
    /// <param name="nowMs">The present.</param>
    public PairedCondition(Expression asked, ObservedCondition condition, long nowMs)
    {
        (_asked, _condition, _nowMs) = (asked, condition, nowMs);
        _terms = [.. Enumerable.Range(0, condition.Sides).Select(_ => new List<Expression>())];
        Collect(asked);
        Equation = Equations(asked).FirstOrDefault();
    }

    /// <summary>Places of terms of the first and of the second of two paths that must be equal; null when there is no such condition.</summary>
    public (int First, int Second)? Equation { get; }

    /// <summary>Keeps what decides the condition of one path's Observations.</summary>
    public IKeptValues Kept(int side)
    {
        if (_terms.All(t => t.Count == 1) && _asked is Expression.Binary comparison && _places.ContainsKey(comparison.Left) && _places.TryGetValue(comparison.Right, out var right))
        {
            switch (comparison.Operator)
            {
                case Operator.NotEqual:
                    return new DifferingValues();
                case Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual:
                    return new ExtremeValues(comparison.Operator, right.Side != side);
            }
        }

        return new DistinctValues(_terms[side].Count == 0);
    }

    /// <summary>The values of the path's terms of an Observation.</summary>
    public ValueRow Of(int side, ObservationRow row)
    {
        var evaluator = new ExpressionEvaluator(part => part is Expression.Property own ? ScannedSources.Own(own, row) : null, _nowMs);
        return new ValueRow([.. _terms[side].Select(evaluator.Evaluate)]);
    }

    /// <summary>Whether it holds for Observations of which each path's values are given.</summary>
    public bool Holds(ValueRow[] rows) =>
        new ExpressionEvaluator(part => _places.TryGetValue(part, out var at) ? rows[at.Side][at.Place] : null, _nowMs).Holds(_asked);

    private void Collect(Expression expression)
    {
        var sides = Paths.All(expression).Select(_condition.SideOf).Distinct().ToList();
        if (sides is [var side])
        {
            _places[expression] = (side, _terms[side].Count);
            _terms[side].Add(expression);
            return;
        }

        foreach (var child in ObservedCondition.Children(expression))
        {
            Collect(child);
        }
    }

    private IEnumerable<(int First, int Second)?> Equations(Expression asked)
    {
        switch (asked)
        {
            case Expression.Binary { Operator: Operator.And } and:
                return Equations(and.Left).Concat(Equations(and.Right));
            case Expression.Binary { Operator: Operator.Equal } equal
                when _terms.Length == 2 && _places.TryGetValue(equal.Left, out var left) && _places.TryGetValue(equal.Right, out var right):
                return [left.Side == 0 ? (left.Place, right.Place) : (right.Place, left.Place)];
            default:
                return [];
        }
    }
}
