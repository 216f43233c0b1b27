using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Quartier.Benchmarks.Processes;
using Quartier.Contracts.Readings;

namespace Quartier.Benchmarks.SensorThings;

/// <summary>Observations inserted over HTTP, one a request and in data arrays. They go on where the stored history ends, each stream by one writer.</summary>
/// <param name="client">An administrator.</param>
/// <param name="streams">Ids of the history's Datastreams, by sensor.</param>
/// <param name="history">What is stored of them already.</param>
/// <param name="cpuSeconds">The silo's processor time so far.</param>
internal sealed class StaInserts(SiloClient client, long[] streams, StoredObservations history, Func<double> cpuSeconds)
{
    /// <summary>Connections that insert one Observation a request.</summary>
    private const int SingleWriters = 64;

    /// <summary>Connections that insert data arrays, each far larger than what one request costs.</summary>
    private const int ArrayWriters = 8;

    private const int RowsOfAnArray = 1_000;
    private readonly int[] _inserted = new int[streams.Length];

    /// <summary>Inserts one a request, for as long as told.</summary>
    public Task<InsertFigures> SingleAsync(TimeSpan duration) => MeasureAsync(duration, SingleWriters, 1, InsertOneAsync);

    /// <summary>Inserts data arrays, for as long as told.</summary>
    public Task<InsertFigures> ArraysAsync(TimeSpan duration) => MeasureAsync(duration, ArrayWriters, RowsOfAnArray, InsertArrayAsync);

    /// <summary>Looks for all that was inserted, value by value.</summary>
    /// <returns>How many of the Observations that were answered with 201 are not stored as they were sent, or are stored twice.</returns>
    public async Task<long> LostAsync(IReadingStore store)
    {
        var lost = 0L;
        for (var sensor = 0; sensor < streams.Length; sensor++)
        {
            var stored = await history.AfterAsync(store, sensor, _inserted[sensor] + 1).ConfigureAwait(false);
            var right = stored.Where((r, i) => r.TimeMs == history.TimeMs(history.Each + i) && r.Value.Equals(StoredObservations.Value(sensor, history.Each + i))).Count();
            lost += Math.Abs(_inserted[sensor] - right) + Math.Max(0, stored.Count - _inserted[sensor]);
        }

        return lost;
    }

    private async Task<InsertFigures> MeasureAsync(TimeSpan duration, int writers, int rows, Func<int, Task> insert)
    {
        var inserted = 0L;
        var cpu = cpuSeconds();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(writers, streams.Length)).Select(async writer =>
        {
            for (var sensor = writer; Stopwatch.GetElapsedTime(began) < duration; sensor = sensor + writers < streams.Length ? sensor + writers : writer)
            {
                await insert(sensor).ConfigureAwait(false);
                _inserted[sensor] += rows;
                Interlocked.Add(ref inserted, rows);
            }
        })).ConfigureAwait(false);
        return new(inserted / Stopwatch.GetElapsedTime(began).TotalSeconds, (cpuSeconds() - cpu) * 1_000_000 / inserted);
    }

    private Task InsertOneAsync(int sensor)
    {
        var index = history.Each + _inserted[sensor];
        return PostAsync(
            FormattableString.Invariant($"v1.1/Datastreams({streams[sensor]})/Observations"),
            FormattableString.Invariant($"{{\"phenomenonTime\":\"{history.Iso(index)}\",\"result\":{StoredObservations.Value(sensor, index)}}}"));
    }

    private Task InsertArrayAsync(int sensor)
    {
        var body = new StringBuilder().Append(CultureInfo.InvariantCulture, $"[{{\"Datastream\":{{\"@iot.id\":{streams[sensor]}}},\"components\":[\"phenomenonTime\",\"result\"],\"dataArray\":[");
        for (var row = 0; row < RowsOfAnArray; row++)
        {
            var index = history.Each + _inserted[sensor] + row;
            body.Append(CultureInfo.InvariantCulture, $"{(row == 0 ? string.Empty : ",")}[\"{history.Iso(index)}\",{StoredObservations.Value(sensor, index)}]");
        }

        return PostAsync("v1.1/CreateObservations", body.Append("]}]").ToString());
    }

    private async Task PostAsync(string address, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.Http.PostAsync(new Uri(address, UriKind.Relative), content).ConfigureAwait(false);
        var text = await answer.Content.ReadAsStringAsync().ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.Created || text.Contains("\"error\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{address} answered {(int)answer.StatusCode}: {text[..Math.Min(text.Length, 500)]}");
        }
    }
}
