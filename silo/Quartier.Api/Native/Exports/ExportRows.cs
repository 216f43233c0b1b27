using System.Runtime.CompilerServices;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Readings;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Domain.Windows;

namespace Quartier.Api.Native.Exports;

/// <summary>Reads an export's rows batch by batch: what is in memory does not depend on how much is exported.</summary>
internal sealed class ExportRows(IReadingStore store, CityTime clock)
{
    /// <summary>Single readings in order of time, with their derived quality where it may be shown.</summary>
    public async IAsyncEnumerable<Reading[]> ReadingsAsync(ExportSlice slice, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (datastream, number) = (slice.Opened.Datastream, slice.Opened.State.Number);
        var quality = slice.Opened.ShowsQuality && slice.Range.FromMs < slice.Range.ToMs
            ? await Neighbours.BeforeAsync(store, number, datastream, slice.Range.FromMs, cancellationToken).ConfigureAwait(false)
            : default;
        for (var fromMs = slice.Range.FromMs; fromMs < slice.Range.ToMs;)
        {
            var batch = await store.RangeAsync(number, fromMs, slice.Range.ToMs, ExportPlan.BatchMax, cancellationToken).ConfigureAwait(false);
            if (batch.Count == 0)
            {
                yield break;
            }

            Reading[] readings = [.. batch];
            for (var i = 0; i < readings.Length && slice.Opened.ShowsQuality; i++)
            {
                readings[i] = readings[i] with { Quality = readings[i].Quality | quality.Next(datastream, readings[i]) };
            }

            yield return readings;
            fromMs = readings[^1].TimeMs + 1;
        }
    }

    /// <summary>Aggregates in order of time; for whoever may not read single readings, of windows that have ended.</summary>
    public async IAsyncEnumerable<List<AggregateRow>> AggregatesAsync(
        CityIndex city, ExportSlice slice, AggregateWindow window, TimeZoneInfo zone, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var endMs = long.MaxValue;
        if (slice.Opened.Obligations.Floor != Resolution.Raw)
        {
            var now = await clock.NowAsync(city, [slice.Opened.District], cancellationToken).ConfigureAwait(false);
            endMs = now[slice.Opened.District];
        }

        foreach (var range in Batches(slice.Range, window, zone))
        {
            var rows = await WindowAggregates.ReadAsync(store, slice.Opened.State.Number, range, window, zone, cancellationToken).ConfigureAwait(false);
            rows.RemoveAll(r => r.EndMs > endMs);
            yield return rows;
        }
    }

    private static IEnumerable<TimeRange> Batches(TimeRange range, AggregateWindow window, TimeZoneInfo zone)
    {
        if (range.FromMs >= range.ToMs)
        {
            yield break;
        }

        if (window.Ms is { } ms)
        {
            for (var fromMs = range.FromMs; fromMs < range.ToMs; fromMs += ExportPlan.BatchMax * ms)
            {
                yield return new(fromMs, Math.Min(range.ToMs, fromMs + (ExportPlan.BatchMax * ms)));
            }

            yield break;
        }

        var edges = CalendarWindows.Edges(window.Resolution, zone, range.FromMs, range.ToMs);
        for (var i = 0; i < edges.Length - 1; i += ExportPlan.BatchMax)
        {
            yield return new(edges[i], edges[Math.Min(edges.Length - 1, i + ExportPlan.BatchMax)]);
        }
    }
}
