using Microsoft.Extensions.Options;
using Quartier.Api.Native.Sensors;
using Quartier.Contracts.Readings;
using Quartier.Domain.Publication;
using Quartier.Domain.Time;

namespace Quartier.Api.OpenData;

/// <summary>Computes what is shown of a month, and keeps the months that are over: they are asked for again and again, and must not change.</summary>
internal sealed class PublishedMonths(IReadingStore store, TimeProvider time, IOptions<QuartierApiOptions> options)
{
    /// <summary>Months kept: a city's streams for a year.</summary>
    private const int MonthsMax = 256;

    private const long HourMs = 3_600_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string City, string Stream, DateOnly Month), (PublishedTable Table, (long Policy, long Registry) Version)> _kept = [];

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
    public async Task<PublishedTable> ReadAsync(
        PublishedStream stream, SensorReader sensors, TimeZoneInfo zone, DateOnly month, CancellationToken cancellationToken)
    {
        var key = (stream.City.Id, stream.Name, month);
        lock (_gate)
        {
            if (_kept.TryGetValue(key, out var kept) && kept.Version == stream.Version)
            {
                return kept.Table;
            }
        }

        var edges = LocalDays.Edges(zone, LocalDays.StartOf(zone, month), LocalDays.StartOf(zone, month.AddMonths(1)));
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
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

        var shown = PublishedTable.Of(table, stream.Rules, new CellKeys(options.Value.PublicationSecret, $"{stream.City.Id}/{stream.Name}"), nowMs);
        if (edges[^1] + PublishedTable.ClosedAfter.TotalMilliseconds <= nowMs)
        {
            Keep(key, shown, stream.Version);
        }

        return shown;
    }

    private void Keep((string City, string Stream, DateOnly Month) key, PublishedTable table, (long Policy, long Registry) version)
    {
        lock (_gate)
        {
            if (_kept.Count >= MonthsMax)
            {
                _kept.Remove(_kept.Keys.First());
            }

            _kept[key] = (table, version);
        }
    }
}
