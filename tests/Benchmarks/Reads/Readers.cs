using System.Diagnostics;
using System.Text.Json;
using Quartier.Benchmarks.Ingest;
using Quartier.Benchmarks.Processes;
using Quartier.Gateway.Load;

namespace Quartier.Benchmarks.Reads;

/// <summary>Asks for random latest values and sensor-days; the same ones in each run.</summary>
internal sealed class Readers(SiloClient client, SensorDays days, IngestOptions options)
{
    private readonly Random _latest = new(1);
    private readonly Random _days = new(2);

    /// <summary>What the first question of each kind takes.</summary>
    /// <exception cref="InvalidOperationException">An answer was not what is stored.</exception>
    public async Task<ColdReads> ColdAsync() =>
        new(await TimedAsync(AskLatestAsync).ConfigureAwait(false), await TimedAsync(AskDayAsync).ConfigureAwait(false));

    /// <summary>So many questions of each kind, one after the other.</summary>
    public async Task WarmUpAsync(int questions)
    {
        for (var question = 0; question < questions; question++)
        {
            await TimedAsync(AskLatestAsync).ConfigureAwait(false);
            await TimedAsync(AskDayAsync).ConfigureAwait(false);
        }
    }

    /// <summary>The latest value of a sensor under load.</summary>
    public async Task<Func<bool>> AskLatestAsync()
    {
        var (gateway, sensor) = (_latest.Next(options.Gateways), _latest.Next(options.SensorsPerGateway));
        var address = new Uri($"api/cities/{LoadCity.Id}/sensors/g{gateway}/s{sensor}/value/latest", UriKind.Relative);
        var answer = await client.Http.GetByteArrayAsync(address).ConfigureAwait(false);
        return () => IsOffered(gateway, sensor, answer);
    }

    /// <summary>A whole day of a sensor that rests.</summary>
    public async Task<Func<bool>> AskDayAsync()
    {
        var sensor = _days.Next(days.Sensors);
        var answer = await client.Http.GetByteArrayAsync(days.Address(sensor)).ConfigureAwait(false);
        return () => days.IsWhole(sensor, answer);
    }

    private static bool IsOffered(int gateway, int sensor, byte[] answer)
    {
        using var latest = JsonDocument.Parse(answer);
        var timeMs = latest.RootElement.GetProperty("time").GetDateTimeOffset().ToUnixTimeMilliseconds();
        return new LoadOptions(string.Empty, 1).Sequence.Index(timeMs) is { } index
            && latest.RootElement.GetProperty("value").GetDouble().Equals(LoadSequence.Value(gateway, sensor, index));
    }

    private static async Task<double> TimedAsync(Func<Task<Func<bool>>> ask)
    {
        var began = Stopwatch.GetTimestamp();
        var verify = await ask().ConfigureAwait(false);
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return verify() ? took : throw new InvalidOperationException("An answer before the load was not what is stored.");
    }
}
