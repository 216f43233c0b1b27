using Quartier.Contracts.Ledgers;
using Quartier.Domain.Ledgers;

namespace Quartier.Storage.Ledgers;

/// <summary>What was read on one day, and up to which entry it was counted.</summary>
internal sealed class DaySum
{
    private readonly Dictionary<(string? District, string Stream, string? Purpose), long> _rows = [];
    private readonly DateOnly _day;
    private readonly long _startMs;
    private readonly long _endMs;
    private long _next;
    private long _others;
    private long _denials;
    private bool _isOver;

    /// <summary>Begins to count.</summary>
    public DaySum(DateOnly day, LedgerState state)
    {
        _day = day;
        _startMs = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
        _endMs = _startMs + (long)TimeSpan.FromDays(1).TotalMilliseconds;
        _next = state.FirstBefore(_startMs);
    }

    /// <summary>What is counted so far, in order of district, stream, purpose.</summary>
    public LedgerSummary Summary => new(
        _day,
        [.. _rows.OrderBy(r => r.Key.District, StringComparer.Ordinal).ThenBy(r => r.Key.Stream, StringComparer.Ordinal)
            .ThenBy(r => r.Key.Purpose, StringComparer.Ordinal)
            .Select(r => new LedgerSummaryRow(r.Key.District, r.Key.Stream, r.Key.Purpose, r.Value))],
        _others,
        _denials);

    /// <summary>Counts the entries that came since.</summary>
    public void CatchUp(LedgerState state)
    {
        if (_isOver)
        {
            return;
        }

        state.Read(_next, line =>
        {
            _next++;
            if (EntryLine.TryRead(line, out _, out var entry))
            {
                Count(entry);
                _isOver = entry.TimeMs >= _endMs + LedgerLimits.OutOfOrder.TotalMilliseconds;
            }

            return !_isOver;
        });
    }

    private void Count(LedgerEntry entry)
    {
        if (entry.TimeMs < _startMs || entry.TimeMs >= _endMs)
        {
            return;
        }

        // The words of a denial may be the caller's own inventions, and the summary is public: they are counted, not repeated.
        _denials += entry.Kind == LedgerEntryKind.Denial ? entry.Count : 0;
        if (entry.Kind is not (LedgerEntryKind.Read or LedgerEntryKind.Export))
        {
            return;
        }

        foreach (var stream in entry.Streams)
        {
            var key = (entry.District, stream, entry.Purpose);
            if (!_rows.TryGetValue(key, out var reads) && _rows.Count >= LedgerLimits.SummaryRows)
            {
                _others += entry.Count;
                continue;
            }

            _rows[key] = reads + entry.Count;
        }
    }
}
