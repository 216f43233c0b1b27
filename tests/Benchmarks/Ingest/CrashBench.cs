using System.Diagnostics;
using System.Text.Json;
using Quartier.Benchmarks.Processes;
using Quartier.Gateway.Load;

namespace Quartier.Benchmarks.Ingest;

/// <summary>
/// <c>bench crash</c>: full load, the silo killed at a random moment, started again, and the store compared with every acknowledgement. The
/// generator keeps trying through all of it, as gateways do.
/// </summary>
internal static class CrashBench
{
    private const int Gateways = 50;
    private const int SensorsPerGateway = 20;
    private const double SecondsPerRound = 6;

    /// <summary>Runs it; the last line is JSON.</summary>
    /// <returns>0 when nothing acknowledged was lost, nothing invented, and every sensor's order held.</returns>
    public static async Task<int> RunAsync(int rounds, int seed)
    {
        var random = new Random(seed);
        var directory = Directory.CreateTempSubdirectory("quartier-crash-").FullName;
        var lives = new List<double>();
        var total = new StoreVerification(0, 0, 0, 0);
        long acknowledged = 0;
        try
        {
            for (var round = 1; round <= rounds; round++)
            {
                var data = Path.Combine(directory, $"round-{round}");
                var (live, found, taken) = await RoundAsync(data, TimeSpan.FromSeconds(1 + (random.NextDouble() * (SecondsPerRound - 2)))).ConfigureAwait(false);
                lives.Add(live);
                acknowledged += taken;
                total += found;
                Console.WriteLine(
                    $"round {round}: live again after {live:F1} s, acknowledged {taken}, stored {found.Stored}, lost {found.Lost}, " +
                    $"invented {found.Invented}, out of order or twice {found.Disordered}");
                Directory.Delete(data, recursive: true);
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            rounds,
            seed,
            acknowledged,
            stored = total.Stored,
            lost = total.Lost,
            invented = total.Invented,
            disordered = total.Disordered,
            live_again_seconds_max = lives.Max(),
        }));
        return total.Holds ? 0 : 1;
    }

    private static async Task<(double Live, StoreVerification Found, long Acknowledged)> RoundAsync(string directory, TimeSpan killAfter)
    {
        var data = Path.Combine(directory, "data");
        var recordFile = Path.Combine(directory, "offered.jsonl");
        var options = new IngestOptions(SecondsPerRound, Gateways, Gateways * SensorsPerGateway, 1, 32, 0, null);
        var silo = await SiloProcess.StartAsync(data).ConfigureAwait(false);
        await using (silo.ConfigureAwait(false))
        {
            await BenchCity.ApplyAsync(silo, Gateways, SensorsPerGateway, withRules: true).ConfigureAwait(false);
            using var generator = GeneratorProcess.Start(options.Generator(silo.Mqtt, recordFile), null);

            // A gateway that never got through gives up; from then on it keeps trying.
            using (var client = SiloClient.Of(silo))
            {
                await client.WhenConnectedAsync(Gateways).ConfigureAwait(false);
            }

            using var moment = new PeriodicTimer(killAfter);
            await moment.WaitForNextTickAsync().ConfigureAwait(false);
            await silo.KillAsync().ConfigureAwait(false);
            var watch = Stopwatch.StartNew();
            await using var again = await SiloProcess.StartAsync(data, null, silo.Mqtt).ConfigureAwait(false);
            var live = watch.Elapsed.TotalSeconds;
            var load = await generator.ResultAsync().ConfigureAwait(false);
            await again.StopAsync().ConfigureAwait(false);
            await using var store = await StoreReader.OpenAsync(data).ConfigureAwait(false);
            var found = await StoreVerification.OfAsync(store.Readings, LoadRecord.Read(recordFile)).ConfigureAwait(false);
            return (live, found, load.GetProperty("acknowledged").GetInt64());
        }
    }
}
