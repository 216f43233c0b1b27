using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Quartier.Benchmarks.Processes;
using Quartier.Contracts.Readings;
using Quartier.Gateway.Load;
using Quartier.Gateway.Mqtt;

namespace Quartier.Benchmarks.SensorThings;

/// <summary>Observations inserted over HTTP, one a request and in data arrays, and over MQTT. They go on where the stored history ends, each stream by one writer.</summary>
/// <param name="silo">Where they go.</param>
/// <param name="client">An administrator.</param>
/// <param name="streams">Ids of the history's Datastreams, by sensor.</param>
/// <param name="history">What is stored of them already.</param>
internal sealed class StaInserts(SiloProcess silo, SiloClient client, long[] streams, StoredObservations history)
{
    /// <summary>Connections that insert one Observation a request.</summary>
    private const int SingleWriters = 64;

    /// <summary>Connections that insert data arrays, each far larger than what one request costs.</summary>
    private const int ArrayWriters = 8;

    private const int RowsOfAnArray = 1_000;

    /// <summary>MQTT connections, each with as many messages on their way as a gateway has that does not wait for each.</summary>
    private const int Publishers = 8;
    private const int PublishersWindow = 64;
    private const int MessagesPerWrite = 16;
    private readonly int[] _inserted = new int[streams.Length];

    /// <summary>Inserts one a request, for as long as told.</summary>
    public Task<InsertFigures> SingleAsync(TimeSpan duration) => MeasureAsync(duration, SingleWriters, 1, InsertOneAsync);

    /// <summary>Inserts data arrays, for as long as told.</summary>
    public Task<InsertFigures> ArraysAsync(TimeSpan duration) => MeasureAsync(duration, ArrayWriters, RowsOfAnArray, InsertArrayAsync);

    /// <summary>Inserts over MQTT, one a message at quality of service 1, for as long as told.</summary>
    public async Task<InsertFigures> MqttAsync(TimeSpan duration)
    {
        var (cpu, began) = (silo.CpuSeconds(), Stopwatch.GetTimestamp());
        var inserted = await Task.WhenAll(Enumerable.Range(0, Publishers).Select(publisher => PublishAsync(publisher, duration))).ConfigureAwait(false);
        return new(inserted.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds, (silo.CpuSeconds() - cpu) * 1_000_000 / inserted.Sum());
    }

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
        var cpu = silo.CpuSeconds();
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
        return new(inserted / Stopwatch.GetElapsedTime(began).TotalSeconds, (silo.CpuSeconds() - cpu) * 1_000_000 / inserted);
    }

    private async Task<long> PublishAsync(int number, TimeSpan duration)
    {
        var endpoint = silo.Mqtt.Split(':');
        var options = new MqttPublisherOptions(endpoint[0], int.Parse(endpoint[1], CultureInfo.InvariantCulture), $"sta-{number}")
        {
            Credential = new("bench", Encoding.UTF8.GetBytes(silo.Key), null),
            Window = PublishersWindow,
            MessagesPerWrite = MessagesPerWrite,
        };
        await using var publisher = new MqttPublisher(options, TimeProvider.System);
        await publisher.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
        var began = Stopwatch.GetTimestamp();
        for (var sensor = number; Stopwatch.GetElapsedTime(began) < duration; sensor = sensor + Publishers < streams.Length ? sensor + Publishers : number)
        {
            var (topic, body) = (Encoding.UTF8.GetBytes(Path(sensor)), Encoding.UTF8.GetBytes(Body(sensor)));
            await publisher.PublishAsync(topic, body, sensor, CancellationToken.None).ConfigureAwait(false);
            _inserted[sensor]++;
        }

        await publisher.WhenAcknowledgedAsync(CancellationToken.None).ConfigureAwait(false);
        return publisher.RefusedCount == 0
            ? publisher.AcknowledgedCount
            : throw new InvalidOperationException($"{publisher.RefusedCount} of {publisher.Published} Observations over MQTT were refused; the books of city {LoadCity.Id} say why.");
    }

    private Task InsertOneAsync(int sensor) => PostAsync(Path(sensor), Body(sensor));

    private string Path(int sensor) => FormattableString.Invariant($"v1.1/Datastreams({streams[sensor]})/Observations");

    private string Body(int sensor)
    {
        var index = history.Each + _inserted[sensor];
        return FormattableString.Invariant($"{{\"phenomenonTime\":\"{history.Iso(index)}\",\"result\":{StoredObservations.Value(sensor, index)}}}");
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
