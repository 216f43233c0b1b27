using System.Collections.Immutable;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings;

namespace Quartier.Storage.SensorThings;

/// <summary>The order of positions: null first, then numbers and times, then texts, as the database orders; the id decides at last.</summary>
internal sealed class PositionOrder(ImmutableArray<OrderTerm> terms) : IComparer<PagePosition>
{
    /// <summary>A value as a number, a text or nothing.</summary>
    public static EntityValue Plain(EntityValue value) => value.Kind switch
    {
        ValueKind.Null or ValueKind.Whole or ValueKind.Number or ValueKind.Text => value,
        ValueKind.Json or ValueKind.Geometry => EntityValue.Of(value.Text),
        _ => EntityValue.Of(value.Start),
    };

    /// <inheritdoc/>
    public int Compare(PagePosition? x, PagePosition? y)
    {
        for (var i = 0; i < terms.Length; i++)
        {
            var order = Compare(x!.Values[i], y!.Values[i]);
            if (order != 0)
            {
                return terms[i].Descending ? -order : order;
            }
        }

        return x!.Id.CompareTo(y!.Id);
    }

    private static int Compare(EntityValue left, EntityValue right)
    {
        if (Rank(left) != Rank(right))
        {
            return Rank(left).CompareTo(Rank(right));
        }

        return Rank(left) switch
        {
            0 => 0,
            1 => left.Real.CompareTo(right.Real),
            _ => CodePoints.Compare(left.Text!, right.Text!),
        };
    }

    private static int Rank(EntityValue value) => value.Kind switch
    {
        ValueKind.Null => 0,
        ValueKind.Text => 2,
        _ => 1,
    };
}
