using Quartier.Api.Native.Readings;
using Quartier.Contracts.Readings;
using Quartier.Domain.Windows;

namespace Quartier.Api.Native.Exports;

/// <summary>Cuts an export where its row limit ends, before the first byte is written: the answer's head can then name the next page.</summary>
/// <param name="Slices">What is answered.</param>
/// <param name="Window">Over what is summarised; null for single readings.</param>
/// <param name="Zone">The city's time zone.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
internal sealed record ExportPlan(IReadOnlyList<ExportSlice> Slices, AggregateWindow? Window, TimeZoneInfo Zone, ExportCursor? Next)
{
    /// <summary>Readings fetched at once: some hundred kilobytes.</summary>
    public const int BatchMax = 10_000;

    /// <summary>Plans single readings.</summary>
    public static async Task<ExportPlan> OfReadingsAsync(
        IReadingStore store, IReadOnlyList<ExportSlice> wanted, int first, long limit, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var slices = new List<ExportSlice>();
        var left = limit;
        for (var i = first; i < wanted.Count; i++)
        {
            var slice = wanted[i];
            var count = await CountAsync(store, slice, cancellationToken).ConfigureAwait(false);
            if (count > left)
            {
                var cutMs = await CutAsync(store, slice, left, cancellationToken).ConfigureAwait(false);
                slices.Add(slice with { Range = slice.Range with { ToMs = cutMs } });
                return new(slices, null, zone, new ExportCursor(i, cutMs));
            }

            slices.Add(slice);
            left -= count;
        }

        return new(slices, null, zone, null);
    }

    /// <summary>Plans aggregates: every window of the range counts as a row, whether or not it holds readings.</summary>
    public static ExportPlan OfWindows(IReadOnlyList<ExportSlice> wanted, int first, long limit, AggregateWindow window, TimeZoneInfo zone)
    {
        var slices = new List<ExportSlice>();
        var left = limit;
        for (var i = first; i < wanted.Count; i++)
        {
            var whole = WindowAggregates.Widen(wanted[i].Range, window);
            var edges = whole.FromMs < whole.ToMs ? EdgesOf(whole, window, zone, left) : (Count: 0L, CutMs: whole.ToMs, IsCut: false);
            slices.Add(wanted[i] with { Range = whole with { ToMs = edges.CutMs } });
            if (edges.IsCut)
            {
                return new(slices, window, zone, new ExportCursor(i, edges.CutMs));
            }

            left -= edges.Count;
        }

        return new(slices, window, zone, null);
    }

    private static (long Count, long CutMs, bool IsCut) EdgesOf(TimeRange range, AggregateWindow window, TimeZoneInfo zone, long left)
    {
        if (window.Ms is { } ms)
        {
            var count = (range.ToMs - range.FromMs) / ms;
            return count > left ? (left, range.FromMs + (left * ms), true) : (count, range.ToMs, false);
        }

        var edges = CalendarWindows.Edges(window.Resolution, zone, range.FromMs, range.ToMs);
        return edges.Length - 1 > left ? (left, Math.Max(range.FromMs, edges[(int)left]), true) : (edges.Length - 1, range.ToMs, false);
    }

    private static async Task<long> CountAsync(IReadingStore store, ExportSlice slice, CancellationToken cancellationToken)
    {
        var (fromMs, toMs) = (slice.Range.FromMs, slice.Range.ToMs);
        if (fromMs >= toMs)
        {
            return 0;
        }

        var rows = await store.AggregateAsync(slice.Opened.State.Number, fromMs, toMs, toMs - fromMs, fromMs, cancellationToken).ConfigureAwait(false);
        return rows.Sum(r => r.Count);
    }

    /// <summary>Time of the first reading that has no room.</summary>
    private static async Task<long> CutAsync(IReadingStore store, ExportSlice slice, long left, CancellationToken cancellationToken)
    {
        var fromMs = slice.Range.FromMs;
        while (true)
        {
            var batch = await store.RangeAsync(
                slice.Opened.State.Number, fromMs, slice.Range.ToMs, (int)Math.Min(left + 1, BatchMax), cancellationToken).ConfigureAwait(false);
            if (batch.Count > left)
            {
                return batch[(int)left].TimeMs;
            }

            if (batch.Count == 0)
            {
                return slice.Range.ToMs;
            }

            left -= batch.Count;
            fromMs = batch[^1].TimeMs + 1;
        }
    }
}
