using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Quartier.Api.Http;
using Quartier.Api.Native.Sensors;
using Quartier.Contracts.Publication;
using Quartier.Contracts.Readings;
using Quartier.Domain.Publication;
using Quartier.Domain.Time;

namespace Quartier.Api.OpenData;

/// <summary>
/// Computes what is shown of a month. Days and months that are over are kept before they are shown for the first time, and shown as they were kept from then on:
/// neither a restart nor a reading that comes late makes a second version from which the difference could be taken.
/// </summary>
internal sealed class PublishedMonths(
    IReadingStore store, IPublicationStore publications, OpenMonths open, TimeProvider time, IOptions<QuartierApiOptions> options)
{
    /// <summary>Whole months kept in memory: a city's streams for a year.</summary>
    private const int MonthsMax = 256;

    private const long HourMs = 3_600_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string City, string Stream, DateOnly Month), PublishedTable> _kept = [];

    /// <summary>The months of the city's time zone that touch a range.</summary>
    public static IEnumerable<DateOnly> Touching(TimeZoneInfo zone, long fromMs, long toMs)
    {
        var first = DateOnly.FromDateTime(LocalDays.ToLocal(zone, fromMs));
        var last = DateOnly.FromDateTime(LocalDays.ToLocal(zone, toMs - 1));
        for (var month = new DateOnly(first.Year, first.Month, 1); month <= last; month = month.AddMonths(1))
        {
            yield return month;
        }
    }

    /// <summary>What is shown of one month.</summary>
    /// <param name="stream">What is published.</param>
    /// <param name="sensors">Tells the number of each sensor's datastream.</param>
    /// <param name="zone">The city's time zone.</param>
    /// <param name="month">First day of the month.</param>
    /// <param name="cancellationToken">Ends the work when the caller has gone.</param>
    /// <exception cref="StoreException">The disk refused to keep what would be shown.</exception>
    public async Task<Outcome<PublishedTable>> ReadAsync(
        PublishedStream stream, SensorReader sensors, TimeZoneInfo zone, DateOnly month, CancellationToken cancellationToken)
    {
        var edges = LocalDays.Edges(zone, LocalDays.StartOf(zone, month), LocalDays.StartOf(zone, month.AddMonths(1)));
        if (edges[^1] < ForgottenBefore(stream))
        {
            // Nothing is left that it could be made of; what was published of it ends with the next night.
            return PublishedTable.Restore([], []);
        }

        var key = (stream.City.Id, stream.Name, month);
        lock (_gate)
        {
            if (_kept.TryGetValue(key, out var kept))
            {
                return kept;
            }
        }

        if (await FindAsync(stream, edges, cancellationToken).ConfigureAwait(false) is { Month: { } cells } whole)
        {
            return Remember(key, PublishedTable.Restore(whole.Days.Values, cells));
        }

        return await open.ReadAsync(stream, month, () => ComputeAsync(key, stream, sensors, edges), cancellationToken).ConfigureAwait(false);
    }

    private async Task<PublishedTable> ComputeAsync(
        (string City, string Stream, DateOnly Month) key, PublishedStream stream, SensorReader sensors, ImmutableArray<long> edges)
    {
        var measured = await MeasureAsync(stream, sensors, edges, CancellationToken.None).ConfigureAwait(false);
        return await PublishAsync(key, stream, measured, edges, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Keeps what is over first, then shows it as it is kept: whoever asked in the same moment may have been first.</summary>
    private async Task<PublishedTable> PublishAsync(
        (string City, string Stream, DateOnly Month) key, PublishedStream stream, MonthTable measured, ImmutableArray<long> edges, CancellationToken cancellationToken)
    {
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        var keys = new CellKeys(options.Value.PublicationSecret, $"{stream.City.Id}/{stream.Name}");
        var days = (await FindAsync(stream, edges, cancellationToken).ConfigureAwait(false)).Days;
        var table = PublishedTable.Of(measured, stream.Rules, keys, nowMs, days);
        if (table.Closed.Count > 0)
        {
            await publications.KeepAsync([.. table.Closed.Select(d => Part(stream, d.StartMs, d.EndMs, PublishedText.Write(d)))], cancellationToken).ConfigureAwait(false);
            days = (await FindAsync(stream, edges, cancellationToken).ConfigureAwait(false)).Days;
            table = PublishedTable.Of(measured, stream.Rules, keys, nowMs, days);
        }

        var cells = table.Cells(Contracts.Districts.Resolution.Month);
        if (cells.Count == 0 || edges[^1] + PublishedTable.ClosedAfter.TotalMilliseconds > nowMs)
        {
            return table;
        }

        await publications.KeepAsync([Part(stream, edges[0], edges[^1], PublishedText.Write([.. cells]))], cancellationToken).ConfigureAwait(false);
        var kept = await FindAsync(stream, edges, cancellationToken).ConfigureAwait(false);
        return kept.Month is { } first ? Remember(key, PublishedTable.Restore(kept.Days.Values, first)) : table;
    }

    private async Task<MonthTable> MeasureAsync(PublishedStream stream, SensorReader sensors, ImmutableArray<long> edges, CancellationToken cancellationToken)
    {
        var table = new MonthTable(edges, stream.Measure);
        foreach (var (sensor, cell) in stream.Sensors)
        {
            var twin = await sensors.TwinAsync(stream.City, sensor).ConfigureAwait(false);
            var datastream = twin.Definition.Datastreams.FirstOrDefault(d => d.Property == stream.Property);
            if (datastream is not null && twin.Of(datastream) is { } state)
            {
                var hours = await store.AggregateAsync(state.Number, edges[0], edges[^1], HourMs, 0, cancellationToken).ConfigureAwait(false);
                table.AddUnit(cell, hours);
            }
        }

        return table;
    }

    private async Task<(Dictionary<long, PublishedDay> Days, ImmutableArray<PublishedCell>? Month)> FindAsync(
        PublishedStream stream, ImmutableArray<long> edges, CancellationToken cancellationToken)
    {
        var parts = await publications.FindAsync(stream.City.Id, stream.Name, edges[0], edges[^1], cancellationToken).ConfigureAwait(false);
        var month = parts.FirstOrDefault(p => p.StartMs == edges[0] && p.EndMs == edges[^1]);
        return (
            parts.Where(p => p != month).Select(p => PublishedText.ReadDay(p.Body)).ToDictionary(d => d.StartMs),
            month is null ? null : PublishedText.ReadMonth(month.Body));
    }

    private long ForgottenBefore(PublishedStream stream) =>
        PublicationTerms.BeforeMs(time.GetUtcNow().ToUnixTimeMilliseconds(), stream.KeptDays);

    private PublishedTable Remember((string City, string Stream, DateOnly Month) key, PublishedTable table)
    {
        lock (_gate)
        {
            if (_kept.Count >= MonthsMax)
            {
                _kept.Remove(_kept.Keys.First());
            }

            _kept[key] = table;
        }

        return table;
    }

    private static PublishedPart Part(PublishedStream stream, long startMs, long endMs, byte[] body) => new(stream.City.Id, stream.Name, startMs, endMs, body);
}
