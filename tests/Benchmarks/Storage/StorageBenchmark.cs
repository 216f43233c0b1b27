using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Quartier.Contracts.Readings;
using Quartier.Storage;

namespace Quartier.Benchmarks.Storage;

/// <summary>
/// Measures the embedded store alone: durable appends per CPU-second, sealing, bytes on disk, and the replay of what is stored.
/// Each part checks what the store holds afterwards.
/// </summary>
public static class StorageBenchmark
{
    private const long StartMs = 1_782_864_000_000; // 2026-07-01T00:00:00Z
    private const int Datastreams = 10_000;
    private const int InFlightGroups = 4;
    private const int GroupReadings = 4_096;

    private static readonly TimeSpan s_retention = TimeSpan.FromDays(3_650);

    /// <summary>Runs all parts below the directory, prints one JSON line last; 0 when everything verified held.</summary>
    public static async Task<int> Run(string directory, string muensterDirectory, int readings, TextWriter output)
    {
        var results = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var isRight = true;
        foreach (var batch in new[] { 1, 16 })
        {
            isRight &= await Appends(Path.Combine(directory, $"batch-{batch}"), batch, readings, results);
        }

        isRight &= await Bytes(Path.Combine(directory, "decimals"), Decimals(1_000), "decimals", results);
        if (Directory.Exists(muensterDirectory))
        {
            isRight &= await Bytes(Path.Combine(directory, "muenster"), Muenster(muensterDirectory), "muenster", results);
        }

        results["verified"] = isRight ? 1 : 0;
        await output.WriteLineAsync(JsonSerializer.Serialize(results));
        return isRight ? 0 : 1;
    }

    private static async Task<bool> Appends(string directory, int batch, int readings, SortedDictionary<string, double> results)
    {
        using var store = await EmbeddedStore.OpenAsync(directory);
        var numbers = Register(store, Datastreams);
        var perStream = readings / Datastreams;
        var (clock, cpu) = (Stopwatch.StartNew(), Cpu());
        var stored = await AppendAll(store, numbers, batch, perStream);
        results[$"append_{batch}_readings_per_cpu_second"] = Math.Round(stored / (Cpu() - cpu).TotalSeconds);
        results[$"append_{batch}_readings_per_second"] = Math.Round(stored / clock.Elapsed.TotalSeconds);
        results[$"append_{batch}_groups_per_second"] = Math.Round(store.Counters.JournalSyncs / clock.Elapsed.TotalSeconds);
        results[$"append_{batch}_journal_bytes_per_reading"] = Math.Round((double)store.Counters.JournalBytes / stored, 2);
        results[$"append_{batch}_sealed_meanwhile"] = store.Counters.SealedReadings;

        var open = (await store.Readings.ManifestAsync(default)).OpenReadings;
        var sealCpu = Cpu();
        await store.SealAsync();
        results[$"seal_{batch}_readings_per_cpu_second"] = Math.Round(open / (Cpu() - sealCpu).TotalSeconds);
        var manifest = await store.Readings.ManifestAsync(default);
        return stored == (long)perStream * Datastreams && manifest.Partitions.Sum(p => p.Readings) == stored;
    }

    private static async Task<long> AppendAll(EmbeddedStore store, int[] numbers, int batch, int perStream)
    {
        var random = new Random(1);
        var values = numbers.Select(_ => (double)random.Next(100, 300)).ToArray();
        var buffer = new Reading[batch];
        var outcomes = new AppendOutcome[batch];
        var tickets = new Queue<long>();
        var (stored, inGroup) = (0L, 0);
        for (var round = 0; round < perStream; round += batch)
        {
            var count = Math.Min(batch, perStream - round);
            for (var i = 0; i < numbers.Length; i++)
            {
                for (var j = 0; j < count; j++)
                {
                    values[i] += random.Next(-3, 4);
                    buffer[j] = new Reading(StartMs + ((round + j) * 1_000L), values[i] / 10, Quality.Good);
                }

                var ticket = store.Readings.Append(numbers[i], buffer.AsSpan(0, count), outcomes);
                stored += outcomes.AsSpan(0, count).Count(AppendOutcome.Stored);
                inGroup += count;
                if (inGroup >= GroupReadings)
                {
                    inGroup = 0;
                    tickets.Enqueue(ticket);
                    if (tickets.Count > InFlightGroups)
                    {
                        await store.Readings.WhenDurable(tickets.Dequeue());
                    }
                }
            }
        }

        while (tickets.TryDequeue(out var ticket))
        {
            await store.Readings.WhenDurable(ticket);
        }

        return stored;
    }

    private static async Task<bool> Bytes(
        string directory, IReadOnlyList<Reading[]> series, string name, SortedDictionary<string, double> results)
    {
        var total = series.Sum(s => (long)s.Length);
        using (var store = await EmbeddedStore.OpenAsync(directory))
        {
            var numbers = Register(store, series.Count);
            await Replay(store, numbers, series, AppendOutcome.Stored);
            await store.SealAsync();
            var (clock, cpu) = (Stopwatch.StartNew(), Cpu());
            var repeated = await Replay(store, numbers, series, AppendOutcome.Duplicate);
            results[$"{name}_duplicates_per_second"] = Math.Round(repeated / clock.Elapsed.TotalSeconds);
            results[$"{name}_duplicates_per_cpu_second"] = Math.Round(repeated / (Cpu() - cpu).TotalSeconds);
            if (repeated != total)
            {
                return false;
            }
        }

        var bytes = Directory.GetFiles(Path.Combine(directory, "partitions")).Sum(f => new FileInfo(f).Length);
        results[$"{name}_readings"] = total;
        results[$"{name}_bytes_per_reading"] = Math.Round((double)bytes / total, 3);
        return true;
    }

    // Time after time over all series, as a live feed would bring them.
    private static async Task<long> Replay(EmbeddedStore store, int[] numbers, IReadOnlyList<Reading[]> series, AppendOutcome expected)
    {
        var counted = 0L;
        var ticket = 0L;
        var outcomes = new AppendOutcome[1];
        for (var at = 0; at < series.Max(s => s.Length); at++)
        {
            for (var i = 0; i < numbers.Length; i++)
            {
                if (at >= series[i].Length)
                {
                    continue;
                }

                var one = series[i].AsMemory(at, 1);
                ticket = Math.Max(ticket, store.Readings.Append(numbers[i], one.Span, outcomes));
                while (outcomes[0] == AppendOutcome.NeedsHistory)
                {
                    await store.Readings.LoadAsync(numbers[i], one.Span[0].TimeMs, one.Span[0].TimeMs + 1, default);
                    ticket = Math.Max(ticket, store.Readings.Append(numbers[i], one.Span, outcomes));
                }

                counted += outcomes[0] == expected ? 1 : 0;
            }
        }

        await store.Readings.WhenDurable(ticket);
        return counted;
    }

    private static int[] Register(EmbeddedStore store, int count) =>
        [.. Enumerable.Range(0, count).Select(i => store.Readings.Register(new DatastreamKey($"city/gateway-{i / 100}/sensor-{i}", "value"), s_retention))];

    // A value a minute for a day that wanders by tenths, as temperatures do; one reading in a thousand is late by some seconds.
    private static Reading[][] Decimals(int count)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var value = random.Next(0, 300);
            return Enumerable.Range(0, 1_440)
                .Select(minute => new Reading(
                    StartMs + (minute * 60_000L) + (random.Next(1_000) == 0 ? random.Next(20_000) : 0), (value += random.Next(-4, 5)) / 10.0, Quality.Good))
                .ToArray();
        })];
    }

    private static List<Reading[]> Muenster(string directory)
    {
        var series = new List<Reading[]>();
        foreach (var file in Directory.GetFiles(Path.Combine(directory, "bicycle-counts"), "*.csv").Order(StringComparer.Ordinal))
        {
            var rows = File.ReadLines(file).Select(line => line.Split(',')).ToList();
            var columns = Enumerable.Range(1, rows[0].Length - 1).Where(c => !rows[0][c].EndsWith("-status", StringComparison.Ordinal));
            series.AddRange(columns.Select(c => Column(rows, c)).Where(s => s.Length > 0));
        }

        return series;
    }

    private static Reading[] Column(List<string[]> rows, int column) =>
        [.. rows.Skip(1).Where(r => r[column].Length > 0).Select(r => new Reading(
            new DateTimeOffset(DateTime.Parse(r[0], CultureInfo.InvariantCulture), TimeSpan.FromHours(2)).ToUnixTimeMilliseconds(),
            double.Parse(r[column], CultureInfo.InvariantCulture),
            Quality.Good))];

    private static TimeSpan Cpu() => Environment.CpuUsage.TotalTime;
}
