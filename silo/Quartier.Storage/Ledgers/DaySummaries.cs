using Quartier.Contracts.Ledgers;

namespace Quartier.Storage.Ledgers;

/// <summary>
/// What was read on the days that were asked for. Every entry is looked at once for a day, however often people ask; the days asked for longest ago are
/// let go.
/// </summary>
internal sealed class DaySummaries
{
    private readonly Lock _gate = new();
    private readonly Dictionary<DateOnly, DaySum> _days = [];
    private readonly Queue<DateOnly> _order = new();

    /// <summary>The summary of a day up to the ledger's newest entry.</summary>
    public LedgerSummary Of(DateOnly day, LedgerState state)
    {
        lock (_gate)
        {
            if (!_days.TryGetValue(day, out var sum))
            {
                if (_order.Count >= LedgerLimits.SummaryDays)
                {
                    _days.Remove(_order.Dequeue());
                }

                _order.Enqueue(day);
                sum = new DaySum(day, state);
                _days.Add(day, sum);
            }

            sum.CatchUp(state);
            return sum.Summary;
        }
    }
}
