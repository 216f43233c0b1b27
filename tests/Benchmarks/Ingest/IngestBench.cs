using System.Globalization;
using System.Text.Json;
using Quartier.Benchmarks.Processes;
using Quartier.Gateway.Load;

namespace Quartier.Benchmarks.Ingest;

/// <summary><c>bench ingest</c>: a silo and a generator as processes of their own, and a look into the store afterwards.</summary>
internal static class IngestBench
{
    /// <summary>Long enough for every sensor to wake and for hot code to be compiled again.</summary>
    private const double WarmUpSeconds = 4;

    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(1);

    /// <summary>Runs it; the last line is JSON.</summary>
    /// <returns>0 when everything acknowledged was found in the store.</returns>
    public static async Task<int> RunAsync(IngestOptions options)
    {
        var directory = options.Data ?? Directory.CreateTempSubdirectory("quartier-bench-").FullName;
        try
        {
            return await RunAsync(options, directory).ConfigureAwait(false);
        }
        finally
        {
            if (options.Data is null)
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    private static async Task<int> RunAsync(IngestOptions options, string directory)
    {
        var (serverCpu, generatorCpu) = Pinned.Apart;
        var recordFile = Path.Combine(directory, "offered.jsonl");
        var data = Path.Combine(directory, "data");
        await using var silo = await SiloProcess.StartAsync(data, serverCpu).ConfigureAwait(false);
        await BenchCity.ApplyAsync(silo, options.Gateways, options.SensorsPerGateway, withRules: true).ConfigureAwait(false);
        Console.WriteLine($"silo {silo.Id} on cpu {serverCpu}, generator on cpu {generatorCpu}: {options.Gateways} gateways, {options.Sensors} sensors, rules on");

        using (var warmUp = GeneratorProcess.Start(options.WarmUp(silo.Mqtt, Path.Combine(directory, "warm-up.jsonl"), WarmUpSeconds), generatorCpu))
        {
            await warmUp.ResultAsync().ConfigureAwait(false);
        }

        var cpuBefore = silo.CpuSeconds();
        using var generator = GeneratorProcess.Start(options.Generator(silo.Mqtt, recordFile), generatorCpu);
        var journal = await WatchAsync(silo, generator).ConfigureAwait(false);
        var load = await generator.ResultAsync().ConfigureAwait(false);
        var cpu = silo.CpuSeconds() - cpuBefore;
        var peakRss = silo.PeakRssBytes();
        await silo.StopAsync().ConfigureAwait(false);

        await using var store = await StoreReader.OpenAsync(data).ConfigureAwait(false);
        var found = await StoreVerification.OfAsync(store.Readings, LoadRecord.Read(recordFile)).ConfigureAwait(false);
        var bytes = await store.BytesPerReadingAsync().ConfigureAwait(false);
        return Report(options, load, found, new(cpu, peakRss, journal, bytes));
    }

    private static async Task<IReadOnlyList<long>> WatchAsync(SiloProcess silo, GeneratorProcess generator)
    {
        var journal = new List<long>();
        using var client = SiloClient.Of(silo);
        using var timer = new PeriodicTimer(SampleEvery);
        while (!generator.HasEnded)
        {
            await timer.WaitForNextTickAsync().ConfigureAwait(false);
            journal.Add(await client.JournalBytesAsync().ConfigureAwait(false));
        }

        return journal;
    }

    private static int Report(IngestOptions options, JsonElement load, StoreVerification found, ServerFigures server)
    {
        var acknowledged = load.GetProperty("acknowledged").GetInt64();
        var handled = options.Qos == 0 ? load.GetProperty("offered").GetInt64() - found.Lost : acknowledged;
        var seconds = load.GetProperty("seconds").GetDouble();
        Console.WriteLine($"journal MiB each second: {string.Join(' ', server.JournalBytes.Select(b => (b >> 20).ToString(CultureInfo.InvariantCulture)))}");
        Console.WriteLine($"generator CPU: {load.GetProperty("cpu_seconds").GetDouble():F1} s");
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            offered = load.GetProperty("offered").GetInt64(),
            acknowledged,
            stored = found.Stored,
            refused = load.GetProperty("refused").GetInt64(),
            lost = found.Lost,
            invented = found.Invented,
            disordered = found.Disordered,
            seconds,
            readings_per_second = handled / seconds,
            p50_ms = load.GetProperty("p50_ms").GetDouble(),
            p99_ms = load.GetProperty("p99_ms").GetDouble(),
            cpu_seconds = server.CpuSeconds,
            readings_per_cpu_second = handled / server.CpuSeconds,
            peak_rss_bytes = server.PeakRssBytes,
            journal_bytes_max = server.JournalBytes.DefaultIfEmpty().Max(),
            bytes_per_reading = server.BytesPerReading,
        }));
        return found.Holds ? 0 : 1;
    }

    private sealed record ServerFigures(double CpuSeconds, long PeakRssBytes, IReadOnlyList<long> JournalBytes, double BytesPerReading);
}
