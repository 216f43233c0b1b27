using System.Text.Json;
using Quartier.Benchmarks.Ingest;
using Quartier.Benchmarks.Processes;
using Quartier.Gateway.Load;

namespace Quartier.Benchmarks.Reads;

/// <summary>
/// <c>bench reads</c>: what a reader waits for the latest value and for a sensor-day while gateways send at half of what is sustained, and what the
/// first reader after a start waits while nobody sends.
/// </summary>
internal static class ReadsBench
{
    /// <summary>Until the runtime has optimised what a silo does all day; the first reader after a start is reported by itself.</summary>
    private const double WarmUpSeconds = 10;

    /// <summary>More than people look at; a tenth of a percent of what the silo takes in.</summary>
    private const double LatestPerSecond = 100;

    /// <summary>Charts opened; each answer is some 100 KB.</summary>
    private const double DaysPerSecond = 20;

    /// <summary>Asked of each kind in a round of warming up. What the very first one costs is reported by itself.</summary>
    private const int WarmUpQuestions = 100;

    /// <summary>Sensors with a whole day: more than one page of the store's cache, few enough to load in a second.</summary>
    private const int DaySensors = 100;

    /// <summary>Readers begin when the load has settled and end before it does, so that every read happens under load.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>Runs it; the last line is JSON.</summary>
    /// <returns>0 when every answer was right and nothing acknowledged was lost.</returns>
    public static async Task<int> RunAsync(IngestOptions options)
    {
        var directory = Directory.CreateTempSubdirectory("quartier-reads-").FullName;
        try
        {
            return await RunAsync(options, directory).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<int> RunAsync(IngestOptions options, string directory)
    {
        var (serverCpu, generatorCpu) = Pinned.Apart;
        var recordFile = Path.Combine(directory, "offered.jsonl");
        var data = Path.Combine(directory, "data");
        var days = new SensorDays(options.Gateways, Math.Min(DaySensors, options.SensorsPerGateway));
        await using var silo = await SiloProcess.StartAsync(data, serverCpu).ConfigureAwait(false);
        await BenchCity.ApplyAsync(silo, options.Gateways + 1, options.SensorsPerGateway, withRules: true).ConfigureAwait(false);
        await days.LoadAsync(silo).ConfigureAwait(false);
        Console.WriteLine($"silo {silo.Id} on cpu {serverCpu}, generator on cpu {generatorCpu}: {days.Sensors} sensor-days stored, {options.Rate} readings/s offered");

        using (var warmUp = GeneratorProcess.Start(options.WarmUp(silo.Mqtt, Path.Combine(directory, "warm-up.jsonl"), WarmUpSeconds), generatorCpu))
        {
            await warmUp.ResultAsync().ConfigureAwait(false);
        }

        using var client = SiloClient.Of(silo);
        var readers = new Readers(client, days, options);
        var cold = await readers.ColdAsync().ConfigureAwait(false);
        var compiling = await SteadyState.ReachAsync(silo, () => readers.WarmUpAsync(WarmUpQuestions)).ConfigureAwait(false);
        var busy = await SteadyState.RestAsync(silo).ConfigureAwait(false);
        Console.WriteLine(FormattableString.Invariant($"when measuring began the compiler had {compiling:P0} of the silo's time under questions, and the silo took {busy:P0} of a processor by itself"));
        var (cpuBefore, collectedBefore) = (silo.CpuSeconds(), await Collected.OfAsync(client).ConfigureAwait(false));
        using var generator = GeneratorProcess.Start(options.Generator(silo.Mqtt, recordFile), generatorCpu);
        var disk = new DiskProbe(directory);
        var (latest, day) = await ReadAsync(readers, disk, options).ConfigureAwait(false);
        var load = await generator.ResultAsync().ConfigureAwait(false);
        var (cpu, collected) = (silo.CpuSeconds() - cpuBefore, await Collected.OfAsync(client).ConfigureAwait(false));
        await silo.StopAsync().ConfigureAwait(false);

        await using var store = await StoreReader.OpenAsync(data).ConfigureAwait(false);
        var found = await StoreVerification.OfAsync(store.Readings, LoadRecord.Read(recordFile)).ConfigureAwait(false);
        var lostDays = await days.LostAsync(store.Readings).ConfigureAwait(false);
        return Report(load, cpu, found with { Lost = found.Lost + lostDays }, new(cold, latest, day, disk, collected.Since(collectedBefore)));
    }

    private static async Task<(PacedReader Latest, PacedReader Day)> ReadAsync(Readers readers, DiskProbe disk, IngestOptions options)
    {
        var latest = new PacedReader(LatestPerSecond, readers.AskLatestAsync);
        var day = new PacedReader(DaysPerSecond, readers.AskDayAsync);
        using var settled = new PeriodicTimer(Margin);
        await settled.WaitForNextTickAsync().ConfigureAwait(false);
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(options.Seconds) - (2 * Margin));
        await Task.WhenAll(latest.RunAsync(over.Token), day.RunAsync(over.Token), disk.RunAsync(over.Token)).ConfigureAwait(false);
        return (latest, day);
    }

    private static int Report(JsonElement load, double cpuSeconds, StoreVerification found, Measured measured)
    {
        var (cold, latest, day, disk, collected) = measured;
        var wrong = latest.Wrong + day.Wrong;
        Console.WriteLine($"latest: {latest.Latency.Count} answers, sensor-day: {day.Latency.Count} answers, wrong: {wrong}");
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            latest_p50_ms = Rounded(latest, 0.50),
            latest_p99_ms = Rounded(latest, 0.99),
            latest_max_ms = Rounded(latest, 1),
            day_p50_ms = Rounded(day, 0.50),
            day_p99_ms = Rounded(day, 0.99),
            day_max_ms = Rounded(day, 1),
            first_latest_ms = Math.Round(cold.LatestMs, 3),
            first_day_ms = Math.Round(cold.DayMs, 3),
            disk_p50_ms = disk.PercentileMs(0.50),
            disk_max_ms = disk.PercentileMs(1),
            reads = latest.Latency.Count + day.Latency.Count,
            wrong,
            offered = load.GetProperty("offered").GetInt64(),
            acknowledged = load.GetProperty("acknowledged").GetInt64(),
            stored = found.Stored,
            lost = found.Lost,
            invented = found.Invented,
            disordered = found.Disordered,
            seconds = load.GetProperty("seconds").GetDouble(),
            p50_ms = load.GetProperty("p50_ms").GetDouble(),
            p99_ms = load.GetProperty("p99_ms").GetDouble(),
            cpu_seconds = cpuSeconds,
            gc_pause_ms = Math.Round(collected.PauseMs),
            gc_collections = collected.Collections,
            gc_full_collections = collected.Full,
            gc_allocated_bytes = collected.AllocatedBytes,
        }));
        return found.Holds && wrong == 0 ? 0 : 1;
    }

    private sealed record Measured(ColdReads Cold, PacedReader Latest, PacedReader Day, DiskProbe Disk, Collected Collected);

    private static double Rounded(PacedReader reader, double share) => Math.Round(reader.Latency.PercentileMs(share), 3);
}
