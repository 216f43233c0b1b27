using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>Tries whether a condition holds for Observations of several paths of which the values are kept.</summary>
/// <param name="paired">The condition.</param>
/// <param name="kept">Values of each path; those of the first are given when single Observations are tried.</param>
internal sealed class PairedTrial(PairedCondition paired, ImmutableArray<IReadOnlyCollection<ValueRow>> kept)
{
    private readonly ValueRow[] _rows = new ValueRow[kept.Length];
    private ILookup<EntityValue, ValueRow>? _byKey;

    /// <summary>Whether it holds for one of each path; false too when the budget is spent before that is known.</summary>
    public bool Any(ObservationBudget budget, CancellationToken cancellationToken)
    {
        foreach (var first in kept[0])
        {
            if (Any(first, budget, cancellationToken))
            {
                return true;
            }

            if (budget.IsSpent)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The same for one of the first path.</summary>
    public bool Any(ValueRow first, ObservationBudget budget, CancellationToken cancellationToken)
    {
        _rows[0] = first;
        if (paired.Equation is not { } equation)
        {
            return Tried(1, budget, cancellationToken);
        }

        _byKey ??= kept[1].ToLookup(r => EqualValues.KeyOf(r[equation.Second]));
        return Tried(1, _byKey[EqualValues.KeyOf(first[equation.First])], budget, cancellationToken);
    }

    private bool Tried(int side, ObservationBudget budget, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return side == kept.Length ? budget.TryPair() && paired.Holds(_rows) : Tried(side, kept[side], budget, cancellationToken);
    }

    private bool Tried(int side, IEnumerable<ValueRow> rows, ObservationBudget budget, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            _rows[side] = row;
            if (Tried(side + 1, budget, cancellationToken))
            {
                return true;
            }

            if (budget.IsSpent)
            {
                return false;
            }
        }

        return false;
    }
}
