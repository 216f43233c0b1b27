using System.Globalization;
using Quartier.Benchmarks.Ingest;
using Quartier.Contracts.Readings;
using Quartier.Gateway.Load;

namespace Quartier.Benchmarks.SensorThings;

/// <summary>History, one reading a minute, written into a data directory before the silo opens it, behind a gateway that takes no part in the load.</summary>
/// <param name="gateway">Number of that gateway in the load city.</param>
/// <param name="sensors">How many of its sensors have a history.</param>
/// <param name="each">Readings of each.</param>
internal sealed class StoredObservations(int gateway, int sensors, int each)
{
    private const long StepMs = 60_000;
    private const int BatchReadings = 10_000;

    private static readonly TimeSpan Retention = TimeSpan.FromDays(36_500);

    /// <summary>Readings in all.</summary>
    public long Count => (long)sensors * each;

    /// <summary>Readings of each sensor.</summary>
    public int Each => each;

    /// <summary>The history ends where the load begins.</summary>
    private long StartMs => LoadOptions.DefaultBaseMs - (each * StepMs);

    /// <summary>Writes all of it.</summary>
    public async Task FillAsync(string data)
    {
        await using var store = await StoreReader.OpenAsync(data).ConfigureAwait(false);
        var (readings, outcomes) = (new Reading[BatchReadings], new AppendOutcome[BatchReadings]);
        for (var sensor = 0; sensor < sensors; sensor++)
        {
            var number = store.Readings.Register(new($"{LoadCity.Id}/g{gateway}/s{sensor}", "value"), Retention);
            for (var at = 0; at < each; at += BatchReadings)
            {
                var count = Math.Min(BatchReadings, each - at);
                for (var i = 0; i < count; i++)
                {
                    readings[i] = new(TimeMs(at + i), Value(sensor, at + i), Quality.Good);
                }

                var ticket = store.Readings.Append(number, readings.AsSpan(0, count), outcomes);
                await store.Readings.WhenDurable(ticket).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A filter that leaves a hundred neighbouring observations, and their values.</summary>
    public (string Filter, double[] Values) Some(int sensor, Random random)
    {
        const int some = 100;
        var first = random.Next(Math.Max(1, each - some));
        return ($"phenomenonTime ge {Iso(first)} and phenomenonTime lt {Iso(first + some)}", [.. Enumerable.Range(first, Math.Min(some, each - first)).Select(i => Value(sensor, i))]);
    }

    /// <summary>The value of a reading, 15.00 … 24.99: as the load's, without those that raise an alert.</summary>
    public static double Value(int sensor, int index) => (1_500 + (((sensor * 31L) + (index * 7L)) % 1_000)) / 100.0;

    /// <summary>Event time of a reading, in milliseconds; those after the history go on at the same pace.</summary>
    public long TimeMs(int index) => StartMs + (index * StepMs);

    /// <summary>The same as the standard's text.</summary>
    public string Iso(int index) => DateTimeOffset.FromUnixTimeMilliseconds(TimeMs(index)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>What a store holds of a sensor after its history, at most <paramref name="most"/> readings.</summary>
    public async Task<IReadOnlyList<Reading>> AfterAsync(IReadingStore store, int sensor, int most)
    {
        var number = store.Register(new($"{LoadCity.Id}/g{gateway}/s{sensor}", "value"), Retention);
        return await store.RangeAsync(number, TimeMs(each), long.MaxValue, most, CancellationToken.None).ConfigureAwait(false);
    }
}
