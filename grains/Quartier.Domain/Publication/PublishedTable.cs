using System.Collections.Immutable;
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
    private readonly List<PublishedDay> _closed = [];
    private readonly CellMeasure _measure;
    private readonly PublicationDefinition _rules;
    private readonly CellKeys _keys;
    private readonly NoiseTable _noise;
    private readonly long _closedMs;

    private PublishedTable(IEnumerable<PublishedDay> days, IEnumerable<PublishedCell> month)
        : this(CellMeasure.Mean, PublicationDefinition.Default, null!, 0)
    {
        foreach (var day in days.OrderBy(d => d.StartMs))
        {
            _days.AddRange(day.Day);
            _hours.AddRange(day.Hours);
        }

        _months.AddRange(month);
    }

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
    /// <param name="published">Days that were published before, by their start: they stay as they were.</param>
    public static PublishedTable Of(
        MonthTable month, PublicationDefinition rules, CellKeys keys, long nowMs, IReadOnlyDictionary<long, PublishedDay>? published = null)
    {
        var table = new PublishedTable(month.Measure, rules, keys, nowMs);
        var days = month.Days.Select(day => published?.GetValueOrDefault(day.StartMs)).ToArray();
        for (var i = 0; i < days.Length; i++)
        {
            if (days[i] is null)
            {
                days[i] = table.DayOf(month.Days[i], month.Hours[i].Values);
                if (month.Days[i].EndMs <= table._closedMs && month.Days[i].Total.Contributors > 0)
                {
                    table._closed.Add(days[i]!);
                }
            }

            table._days.AddRange(days[i]!.Day);
            table._hours.AddRange(days[i]!.Hours);
        }

        table.DecideMonth(month, days!);
        return table;
    }

    /// <summary>A table as it was published.</summary>
    /// <param name="days">Its days.</param>
    /// <param name="month">The cells of the month.</param>
    public static PublishedTable Restore(IEnumerable<PublishedDay> days, IEnumerable<PublishedCell> month) => new(days, month);

    /// <summary>Days that are over and were not published before: they must be kept before they are shown.</summary>
    public IReadOnlyList<PublishedDay> Closed => _closed;

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

    private PublishedDay DayOf(Slot day, IReadOnlyCollection<Slot> hours)
    {
        var decided = Decide([day], _ => Withholding.None, _ => true);
        var byHour = Decide(hours, cell => decided.Of(cell) == Withholding.None ? Withholding.None : Withholding.CoarserWithheld, _ => true);
        Protect(day, decided, hours, byHour);
        var inputs = day.Cells.Append(new(string.Empty, day.Total)).ToImmutableDictionary(c => c.Key, c => Fingerprint(c.Key, day.StartMs, c.Value), StringComparer.Ordinal);
        return new(day.StartMs, day.EndMs, Show([day], Resolution.Day, decided), Show(hours, Resolution.Hour, byHour), inputs);
    }

    private static void Protect(Slot day, Suppression ofDay, IReadOnlyCollection<Slot> hours, Suppression ofHours)
    {
        var disclosure = new Disclosure();
        foreach (var cell in day.Cells.Keys.Append(string.Empty))
        {
            disclosure.AddDay(cell, day.StartMs, ofDay.Of(cell));
            disclosure.AddMonth(cell);
        }

        foreach (var hour in hours)
        {
            foreach (var cell in hour.Cells.Keys.Append(string.Empty))
            {
                disclosure.AddHourOfBlock(cell, day.StartMs, hour.StartMs);
            }
        }

        disclosure.Protect(ofHours);
    }

    private static void Protect(PublishedDay[] days, Slot month, Suppression decided)
    {
        var disclosure = new Disclosure();
        foreach (var day in days)
        {
            foreach (var cell in day.Day)
            {
                disclosure.AddDay(cell.Cell, day.StartMs, cell.Withheld);
            }

            foreach (var cell in day.Hours)
            {
                disclosure.AddHour(cell.Cell, day.StartMs, cell.StartMs, cell.Withheld);
            }
        }

        foreach (var cell in month.Cells.Keys.Append(string.Empty))
        {
            disclosure.AddMonthOfBlock(cell);
        }

        foreach (var cell in days.SelectMany(d => d.Day).Select(c => c.Cell).Distinct(StringComparer.Ordinal).Where(c => c.Length > 0 && !month.Cells.ContainsKey(c)))
        {
            disclosure.AddMonth(cell);
        }

        disclosure.Protect(decided);
    }

    private void DecideMonth(MonthTable month, PublishedDay[] days)
    {
        (int Shown, int Withheld, bool Changed) DaysOf(string cell)
        {
            var (shown, withheld, isChanged) = (0, 0, false);
            for (var i = 0; i < days.Length; i++)
            {
                var now = cell.Length == 0 ? month.Days[i].Total : month.Days[i].Cells.GetValueOrDefault(cell);
                var was = days[i].Of(cell);
                if (was is not null || now is { Contributors: > 0 })
                {
                    _ = was == Withholding.None ? shown++ : withheld++;
                    isChanged |= !string.Equals(
                        days[i].Inputs.GetValueOrDefault(cell), now is null ? null : Fingerprint(cell, days[i].StartMs, now), StringComparison.Ordinal);
                }
            }

            return (shown, withheld, isChanged);
        }

        var decided = Decide(
            [month.Month],
            cell => DaysOf(cell) switch
            {
                { Shown: > 0, Withheld: > 0 } => Withholding.PartlyShown,
                { Shown: > 0, Changed: true } => Withholding.ChangedSince,
                _ => Withholding.None,
            },
            cell => DaysOf(cell).Shown == 0);
        Protect(days, month.Month, decided);
        _months.AddRange(Show([month.Month], Resolution.Month, decided));
    }

    private string Fingerprint(string cell, long startMs, CellSum sum) => _keys.Fingerprint(cell, startMs, sum.Contributors, sum.Sum);

    private ImmutableArray<PublishedCell> Show(IReadOnlyCollection<Slot> slots, Resolution resolution, Suppression decided) =>
    [
        .. slots.Where(slot => slot.Total.Contributors > 0).SelectMany(slot => slot.Cells
            .OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => Show(c.Key, c.Value, slot, resolution, decided))
            .Prepend(Show(string.Empty, slot.Total, slot, resolution, decided))),
    ];

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
