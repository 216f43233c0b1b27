using System.Text.Json;
using Quartier.Benchmarks.Ingest;
using Quartier.Benchmarks.Processes;
using Quartier.Benchmarks.Reads;
using Quartier.Gateway.Load;

namespace Quartier.Benchmarks.SensorThings;

/// <summary><c>bench sta</c>: what a reader of the SensorThings API waits for while gateways send at half of what is sustained, then how much is inserted a second; all of it verified.</summary>
internal static class StaBench
{
    private const int HistorySensors = 100;
    private const int PageSize = 100;
    private const int MostListed = 1_000;
    private const int MostLooks = 60;
    private const int Things = 20;
    private const double WarmUpSeconds = 4;

    /// <summary>Of each kind and round.</summary>
    private const int WarmUpQuestions = 50;

    /// <summary>Of each kind, one after another before the load: what one costs the silo's processor.</summary>
    private const int CountedQuestions = 200;

    private const double PagesPerSecond = 20;
    private const double ExpandsPerSecond = 5;
    private const double FiltersPerSecond = 20;

    /// <summary>How long each way of inserting is measured, when gateways and readers have ended.</summary>
    private static readonly TimeSpan InsertFor = TimeSpan.FromSeconds(5);

    /// <summary>How long a round of each takes before.</summary>
    private static readonly TimeSpan InsertWarmUp = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <summary>Runs it; the last line is JSON.</summary>
    /// <returns>0 when every answer was right and nothing acknowledged was lost.</returns>
    public static async Task<int> RunAsync(IngestOptions options, long observations)
    {
        var directory = Directory.CreateTempSubdirectory("quartier-sta-").FullName;
        try
        {
            return await RunAsync(options, observations, directory).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<int> RunAsync(IngestOptions options, long observations, string directory)
    {
        var (serverCpu, generatorCpu) = Pinned.Apart;
        var (recordFile, data) = (Path.Combine(directory, "offered.jsonl"), Path.Combine(directory, "data"));
        var sensors = Math.Min(HistorySensors, options.SensorsPerGateway);
        var history = new StoredObservations(options.Gateways, sensors, (int)Math.Max(PageSize, observations / sensors));
        await RegisterAsync(data, options).ConfigureAwait(false);
        await history.FillAsync(data).ConfigureAwait(false);
        await SettleAsync(data).ConfigureAwait(false);
        await using var silo = await SiloProcess.StartAsync(data, serverCpu).ConfigureAwait(false);
        using var client = SiloClient.Of(silo, TimeSpan.FromMinutes(5));
        await client.WhenAwakeAsync().ConfigureAwait(false);
        var streams = await StreamsAsync(client, options.Gateways, options.SensorsPerGateway).ConfigureAwait(false);
        Console.WriteLine($"silo {silo.Id} on cpu {serverCpu}, generator on cpu {generatorCpu}: {history.Count} observations stored, {options.Rate} readings/s offered");
        using (var warmUp = GeneratorProcess.Start(options.WarmUp(silo.Mqtt, Path.Combine(directory, "warm-up.jsonl"), WarmUpSeconds), generatorCpu))
        {
            await warmUp.ResultAsync().ConfigureAwait(false);
        }

        var questions = Questions(client, streams, history);
        var compiling = await SteadyState.ReachAsync(silo, () => WarmUpAsync(questions, WarmUpQuestions)).ConfigureAwait(false);
        var costs = await CostsAsync(silo, questions).ConfigureAwait(false);
        using var generator = GeneratorProcess.Start(options.Generator(silo.Mqtt, recordFile), generatorCpu);
        var readers = await ReadAsync(questions, options).ConfigureAwait(false);
        await generator.ResultAsync().ConfigureAwait(false);
        var inserts = new StaInserts(silo, client, streams, history);
        compiling = Math.Max(compiling, await SteadyState.ReachAsync(silo, () => inserts.SingleAsync(InsertWarmUp)).ConfigureAwait(false));
        Console.WriteLine("inserting one Observation a request");
        var single = await inserts.SingleAsync(InsertFor).ConfigureAwait(false);
        compiling = Math.Max(compiling, await SteadyState.ReachAsync(silo, () => inserts.ArraysAsync(InsertWarmUp)).ConfigureAwait(false));
        var arrays = await inserts.ArraysAsync(InsertFor).ConfigureAwait(false);
        compiling = Math.Max(compiling, await SteadyState.ReachAsync(silo, () => inserts.MqttAsync(InsertWarmUp)).ConfigureAwait(false));
        var mqtt = await inserts.MqttAsync(InsertFor).ConfigureAwait(false);
        Console.WriteLine(FormattableString.Invariant($"the compiler had at most {compiling:P0} of the processor's time when measuring began"));
        await silo.StopAsync().ConfigureAwait(false);
        await using var store = await StoreReader.OpenAsync(data).ConfigureAwait(false);
        var found = await StoreVerification.OfAsync(store.Readings, LoadRecord.Read(recordFile)).ConfigureAwait(false);
        var lost = await inserts.LostAsync(store.Readings).ConfigureAwait(false);
        return Report(history, readers, found with { Lost = found.Lost + lost }, Figures(costs, single, arrays, mqtt));
    }

    /// <summary>The city comes before its history: who approves a policy waits for the sensors, and they go through all of theirs first.</summary>
    private static async Task RegisterAsync(string data, IngestOptions options)
    {
        await using var silo = await SiloProcess.StartAsync(data).ConfigureAwait(false);
        await BenchCity.ApplyAsync(silo, options.Gateways + 1, options.SensorsPerGateway, withRules: true, withPlaces: true).ConfigureAwait(false);
        await silo.StopAsync().ConfigureAwait(false);
    }

    /// <summary>A first start, on all processors: sensors go through a history that came without them, and keep a snapshot when they end, as those of a city have that grew with it.</summary>
    private static async Task SettleAsync(string data)
    {
        await using var silo = await SiloProcess.StartAsync(data).ConfigureAwait(false);
        using var client = SiloClient.Of(silo);
        await client.WhenAwakeAsync().ConfigureAwait(false);
        await silo.StopAsync().ConfigureAwait(false);
    }

    /// <summary>Ids of the history's Datastreams, by sensor. They follow the registry after it was applied: with some of them missing, answers would be compared with other sensors'.</summary>
    private static async Task<long[]> StreamsAsync(SiloClient client, int gateway, int sensors)
    {
        var filter = Uri.EscapeDataString($"startswith(properties/registryId,'stream/g{gateway}/')");
        using var again = new PeriodicTimer(Margin);
        for (var look = 0; look < MostLooks; look++)
        {
            using var answer = await GetAsync(client, $"v1.1/Datastreams?$top={MostListed}&$select=id,properties/registryId&$filter={filter}").ConfigureAwait(false);
            var streams = answer.RootElement.GetProperty("value").EnumerateArray()
                .Select(s => (Id: s.GetProperty("@iot.id").GetInt64(), Key: s.GetProperty("properties").GetProperty("registryId").GetString()!.Split('/')[2]))
                .OrderBy(s => int.Parse(s.Key.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)).Select(s => s.Id).ToArray();
            if (streams.Length == Math.Min(sensors, MostListed))
            {
                return streams;
            }

            await again.WaitForNextTickAsync().ConfigureAwait(false);
        }

        throw new InvalidOperationException($"The Datastreams of {sensors} sensors are not all there {MostLooks * Margin} after their city was applied.");
    }

    private static (string Name, double PerSecond, Func<Task<Func<bool>>> Ask)[] Questions(SiloClient client, long[] streams, StoredObservations history)
    {
        var (pages, filters, expands) = (new Random(1), new Random(2), new Random(3));
        return
        [
            ("page", PagesPerSecond, () => AskPageAsync(client, streams, pages)),
            ("expand", ExpandsPerSecond, () => AskExpandAsync(client, expands)),
            ("filter", FiltersPerSecond, () => AskFilterAsync(client, streams, history, filters)),
        ];
    }

    /// <summary>The silo's processor time of one question of each kind, in microseconds.</summary>
    private static async Task<List<(string Name, double CpuMicroseconds)>> CostsAsync(
        SiloProcess silo, (string Name, double PerSecond, Func<Task<Func<bool>>> Ask)[] questions)
    {
        var costs = new List<(string Name, double CpuMicroseconds)>();
        foreach (var question in questions)
        {
            var cpu = silo.CpuSeconds();
            await WarmUpAsync([question], CountedQuestions).ConfigureAwait(false);
            costs.Add((question.Name, (silo.CpuSeconds() - cpu) * 1_000_000 / CountedQuestions));
        }

        return costs;
    }

    private static Dictionary<string, object> Figures(List<(string Name, double CpuMicroseconds)> costs, InsertFigures single, InsertFigures arrays, InsertFigures mqtt)
    {
        var figures = costs.ToDictionary(c => $"{c.Name}_cpu_us", c => (object)Math.Round(c.CpuMicroseconds), StringComparer.Ordinal);
        figures["insert_cpu_us"] = Math.Round(single.CpuMicroseconds, 1);
        figures["data_array_insert_cpu_us"] = Math.Round(arrays.CpuMicroseconds, 2);
        figures["mqtt_insert_cpu_us"] = Math.Round(mqtt.CpuMicroseconds, 1);
        figures["inserts_per_second"] = Math.Round(single.PerSecond);
        figures["data_array_inserts_per_second"] = Math.Round(arrays.PerSecond);
        figures["mqtt_inserts_per_second"] = Math.Round(mqtt.PerSecond);
        return figures;
    }

    private static async Task WarmUpAsync(IEnumerable<(string Name, double PerSecond, Func<Task<Func<bool>>> Ask)> questions, int times)
    {
        foreach (var (name, _, ask) in questions)
        {
            for (var question = 0; question < times; question++)
            {
                var verify = await ask().ConfigureAwait(false);
                if (!verify())
                {
                    throw new InvalidOperationException($"An answer of '{name}' before the load was not what is stored.");
                }
            }
        }
    }

    private static async Task<(string Name, PacedReader Reader)[]> ReadAsync(
        (string Name, double PerSecond, Func<Task<Func<bool>>> Ask)[] questions, IngestOptions options)
    {
        (string Name, PacedReader Reader)[] readers = [.. questions.Select(q => (q.Name, new PacedReader(q.PerSecond, q.Ask)))];
        using var settled = new PeriodicTimer(Margin);
        await settled.WaitForNextTickAsync().ConfigureAwait(false);
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(options.Seconds) - (2 * Margin));
        await Task.WhenAll(readers.Select(r => r.Reader.RunAsync(over.Token))).ConfigureAwait(false);
        return readers;
    }

    private static async Task<Func<bool>> AskPageAsync(SiloClient client, long[] streams, Random random)
    {
        var sensor = random.Next(streams.Length);
        var answer = await GetAsync(client, FormattableString.Invariant($"v1.1/Datastreams({streams[sensor]})/Observations?$top={PageSize}")).ConfigureAwait(false);
        return () => Results(answer).SequenceEqual(Enumerable.Range(0, PageSize).Select(i => StoredObservations.Value(sensor, i)));
    }

    private static async Task<Func<bool>> AskExpandAsync(SiloClient client, Random random)
    {
        var answer = await GetAsync(
            client, FormattableString.Invariant($"v1.1/Things?$top={Things}&$skip={random.Next(1_000)}&$expand=Datastreams($expand=Observations($orderby=phenomenonTime%20desc;$top=1))")).ConfigureAwait(false);
        return () =>
        {
            using (answer)
            {
                var things = answer.RootElement.GetProperty("value").EnumerateArray().ToList();
                return things.Count == Things && things.TrueForAll(t => t.GetProperty("Datastreams")[0].TryGetProperty("Observations", out _));
            }
        };
    }

    private static async Task<Func<bool>> AskFilterAsync(SiloClient client, long[] streams, StoredObservations history, Random random)
    {
        var sensor = random.Next(streams.Length);
        var (filter, values) = history.Some(sensor, random);
        var address = FormattableString.Invariant($"v1.1/Datastreams({streams[sensor]})/Observations?$filter={Uri.EscapeDataString(filter)}");
        var answer = await GetAsync(client, address).ConfigureAwait(false);
        return () => Results(answer).SequenceEqual(values);
    }

    private static async Task<JsonDocument> GetAsync(SiloClient client, string address)
    {
        var bytes = await client.Http.GetByteArrayAsync(new Uri(address, UriKind.Relative)).ConfigureAwait(false);
        return JsonDocument.Parse(bytes);
    }

    private static double[] Results(JsonDocument answer)
    {
        using (answer)
        {
            return [.. answer.RootElement.GetProperty("value").EnumerateArray().Select(o => o.GetProperty("result").GetDouble())];
        }
    }

    private static int Report(StoredObservations history, (string Name, PacedReader Reader)[] readers, StoreVerification found, Dictionary<string, object> measured)
    {
        var wrong = readers.Sum(r => r.Reader.Wrong);
        foreach (var (name, reader) in readers)
        {
            Console.WriteLine(FormattableString.Invariant($"{name}: {reader.Latency.Count} answers, p50 {Ms(reader, 0.5)} ms, p99 {Ms(reader, 0.99)} ms, wrong {reader.Wrong}"));
        }

        var figures = new Dictionary<string, object>(StringComparer.Ordinal) { ["observations"] = history.Count, ["wrong"] = wrong, ["lost"] = found.Lost };
        foreach (var (name, reader) in readers)
        {
            figures[$"{name}_p50_ms"] = Ms(reader, 0.5);
            figures[$"{name}_p99_ms"] = Ms(reader, 0.99);
        }

        figures["read_p99_ms"] = readers.Max(r => Ms(r.Reader, 0.99));
        foreach (var (name, figure) in measured)
        {
            figures[name] = figure;
        }

        Console.WriteLine(JsonSerializer.Serialize(figures));
        return found.Holds && wrong == 0 ? 0 : 1;
    }

    private static double Ms(PacedReader reader, double share) => Math.Round(reader.Latency.PercentileMs(share), 3);
}
