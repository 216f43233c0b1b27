using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>
/// For an order: of values that compare alike the least or the greatest is enough. They are kept by what they are: whole numbers, numbers, texts, texts
/// that are times, moments, spans, lengths and times of day; what no order holds for is not kept.
/// </summary>
/// <param name="op">The order.</param>
/// <param name="isLeft">Whether they stand before the operator.</param>
internal sealed class ExtremeValues(Operator op, bool isLeft) : IKeptValues
{
    private readonly Dictionary<(ValueKind Kind, bool IsSpecial), ValueRow> _kept = [];
    private readonly bool _isLeast = op is Operator.Less or Operator.LessOrEqual == isLeft;

    /// <inheritdoc/>
    public IReadOnlyCollection<ValueRow> All => _kept.Values;

    /// <inheritdoc/>
    public bool IsEnough => false;

    /// <inheritdoc/>
    public int Weight => _kept.Values.Sum(r => r.Weight);

    /// <inheritdoc/>
    public void Add(ValueRow row)
    {
        switch (row[0].Kind)
        {
            case ValueKind.Whole or ValueKind.Number or ValueKind.Duration or ValueKind.TimeOfDay:
                Add((row[0].Kind, false), row, Order(row));
                break;
            case ValueKind.Instant or ValueKind.Interval or ValueKind.Date:
                Add((ValueKind.Interval, Comparison.IsSpan(row[0])), row, Order(row));
                break;
            case ValueKind.Text:
                Add((ValueKind.Text, false), row, kept => CodePoints.Compare(row[0].Text!, kept[0].Text!));
                if (TimeText.TryInstant(row[0].Text, out var ms))
                {
                    Add((ValueKind.Text, true), row, kept => TimeText.TryInstant(kept[0].Text, out var other) ? ms.CompareTo(other) : 0);
                }

                break;
        }
    }

    private void Add((ValueKind Kind, bool IsSpecial) alike, ValueRow row, Func<ValueRow, int> order)
    {
        if (!_kept.TryGetValue(alike, out var kept) || (_isLeast ? order(kept) < 0 : order(kept) > 0))
        {
            _kept[alike] = row;
        }
    }

    private Func<ValueRow, int> Order(ValueRow row) => row[0].Kind switch
    {
        ValueKind.Number => kept => row[0].Real.CompareTo(kept[0].Real),
        ValueKind.Instant or ValueKind.Interval or ValueKind.Date => kept => Edge(row[0]).CompareTo(Edge(kept[0])),
        _ => kept => row[0].Start.CompareTo(kept[0].Start),
    };

    // What lies before something ends before it begins; le compares ends, ge starts.
    private long Edge(EntityValue time) => op switch
    {
        Operator.LessOrEqual => time.End,
        Operator.GreaterOrEqual => time.Start,
        _ => _isLeast ? time.End : time.Start,
    };
}
