using Quartier.Contracts.Districts;
using Quartier.Contracts.Policies;

namespace Quartier.Domain.Publication;

/// <summary>
/// What may be shown of some months: fixed cells × hour, day, week, month. Small cells are withheld, further ones where they could be told by
/// subtraction, and what is shown carries noise that is the same whenever it is asked for.
/// </summary>
public sealed class PublishedTable
{
    /// <summary>A cell is published when its time has been over for this long: readings that come later than that are not part of it.</summary>
    public static readonly TimeSpan ClosedAfter = TimeSpan.FromDays(1);

    private readonly List<PublishedCell> _hours = [];
    private readonly List<PublishedCell> _days = [];
    private readonly List<PublishedCell> _months = [];
    private readonly CellMeasure _measure;
    private readonly PublicationDefinition _rules;
    private readonly CellKeys _keys;
    private readonly NoiseTable _noise;
    private readonly long _closedMs;

    private PublishedTable(CellMeasure measure, PublicationDefinition rules, CellKeys keys, long nowMs)
    {
        (_measure, _rules, _keys) = (measure, rules, keys);
        _noise = NoiseTable.Of(rules.PerturbationVariance, rules.PerturbationMax);
        _closedMs = nowMs - (long)ClosedAfter.TotalMilliseconds;
    }

    /// <summary>Decides what of a month is shown.</summary>
    /// <param name="month">The month's table.</param>
    /// <param name="rules">Minimum, noise and rounding.</param>
    /// <param name="keys">Gives every cell its key.</param>
    /// <param name="nowMs">Now, in milliseconds since 1970-01-01T00:00:00Z.</param>
    public static PublishedTable Of(MonthTable month, PublicationDefinition rules, CellKeys keys, long nowMs)
    {
        var table = new PublishedTable(month.Measure, rules, keys, nowMs);
        var days = month.Days.Select(day => table.Decide([day], cell => Withholding.None, _ => true)).ToList();
        for (var i = 0; i < days.Count; i++)
        {
            var decided = days[i];
            table.Show([month.Days[i]], Resolution.Day, decided, table._days);
            var hours = month.Hours[i].Values;
            var byHour = table.Decide(
                hours, cell => decided.Of(cell) == Withholding.None ? Withholding.None : Withholding.CoarserWithheld, _ => true);
            table.Show(hours, Resolution.Hour, byHour, table._hours);
        }

        table.DecideMonth(month, days);
        return table;
    }

    /// <summary>The cells of one resolution, by time and then by cell, the city's total first.</summary>
    /// <param name="resolution">Hour, day or month; weeks are put together by <see cref="PublishedWeeks"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Nothing is published at another resolution.</exception>
    public IReadOnlyList<PublishedCell> Cells(Resolution resolution) => resolution switch
    {
        Resolution.Hour => _hours,
        Resolution.Day => _days,
        Resolution.Month => _months,
        _ => throw new ArgumentOutOfRangeException(nameof(resolution), resolution, "A month's table has hours, days and the month."),
    };

    private Suppression Decide(IReadOnlyCollection<Slot> slots, Func<string, Withholding> before, Func<string, bool> mayYield) => Suppression.Decide(
        slots,
        _measure,
        _rules.MinimumUnits,
        cell => slots.Any(slot => slot.EndMs > _closedMs) ? Withholding.Open : before(cell),
        mayYield);

    private void DecideMonth(MonthTable month, List<Suppression> days)
    {
        (int Shown, int Withheld) DaysOf(string cell)
        {
            var (shown, withheld) = (0, 0);
            for (var i = 0; i < days.Count; i++)
            {
                if (cell.Length == 0 ? month.Days[i].Total.Contributors > 0 : month.Days[i].Cells.ContainsKey(cell))
                {
                    _ = days[i].Of(cell) == Withholding.None ? shown++ : withheld++;
                }
            }

            return (shown, withheld);
        }

        var decided = Decide(
            [month.Month],
            cell => DaysOf(cell) is { Shown: > 0, Withheld: > 0 } ? Withholding.PartlyShown : Withholding.None,
            cell => DaysOf(cell).Shown == 0);
        Show([month.Month], Resolution.Month, decided, _months);
    }

    private void Show(IReadOnlyCollection<Slot> slots, Resolution resolution, Suppression decided, List<PublishedCell> into)
    {
        foreach (var slot in slots.Where(slot => slot.Total.Contributors > 0))
        {
            into.Add(Show(string.Empty, slot.Total, slot, resolution, decided));
            into.AddRange(slot.Cells.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => Show(c.Key, c.Value, slot, resolution, decided)));
        }
    }

    private PublishedCell Show(string cell, CellSum sum, Slot slot, Resolution resolution, Suppression decided)
    {
        var reason = decided.Of(cell);
        return reason == Withholding.None
            ? new(
                cell,
                resolution,
                slot.StartMs,
                slot.EndMs,
                Value(sum, _noise.Draw(_keys.Of(cell, resolution, slot.StartMs))),
                _measure == CellMeasure.People ? null : sum.Contributors,
                Withholding.None)
            : new(cell, resolution, slot.StartMs, slot.EndMs, null, null, reason);
    }

    private double Value(CellSum sum, int noise) => _measure switch
    {
        CellMeasure.People => Rounded(Math.Max(0, sum.Value(_measure) + noise)),
        CellMeasure.Sum => Rounded(sum.Value(_measure) + (noise * sum.Influence(_measure) / _noise.Max)),
        _ => sum.Value(_measure) + (noise * sum.Influence(_measure) / _noise.Max),
    };

    private double Rounded(double value) => Math.Round(value / _rules.RoundTo, MidpointRounding.AwayFromZero) * _rules.RoundTo;
}
