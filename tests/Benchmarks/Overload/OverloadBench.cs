using System.Text.Json;
using Quartier.Benchmarks.Ingest;
using Quartier.Benchmarks.Processes;
using Quartier.Gateway.Load;

namespace Quartier.Benchmarks.Overload;

/// <summary>
/// <c>bench overload</c>: finds what a silo takes, offers twice that by rate, and looks whether it pushes back, stays within its memory, loses nothing it
/// acknowledged, and answers as before once the overload is over.
/// </summary>
internal static class OverloadBench
{
    /// <summary>What a silo of two cores may take at most, whatever is offered: its in-flight budget, its unsealed readings and their grains are all bounded.</summary>
    private const long MemoryBoundBytes = 1L << 30;

    /// <summary>
    /// Clients that take no notice: MQTT 3.1.1 has no receive maximum, and these have four times as much unacknowledged as the silo lets one connection have
    /// in flight, so that only an unread socket can hold them back. The capacity is found with the same clients: it depends on how much they pipeline.
    /// </summary>
    private static readonly string[] Greedy = ["--level", "4", "--window", "4096"];

    /// <summary>Load at which latencies before and after are compared, as a share of the capacity.</summary>
    private const double CalmShare = 0.2;

    private const string BudgetWaits = "quartier_mqtt_budget_waits_total";

    private const double WarmUpSeconds = 4;

    /// <summary>The capacity is the best of several runs, until one is no longer clearly better: code is compiled again while it is hot.</summary>
    private const int MostSaturationRuns = 5;

    private const double RisingFactor = 1.05;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs it; the last line is JSON.</summary>
    /// <returns>0 when nothing acknowledged was lost and memory stayed below the bound.</returns>
    public static async Task<int> RunAsync(IngestOptions options)
    {
        var directory = Directory.CreateTempSubdirectory("quartier-overload-").FullName;
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
        var data = Path.Combine(directory, "data");
        await using var silo = await SiloProcess.StartAsync(data, Pinned.Apart.Server).ConfigureAwait(false);
        await BenchCity.ApplyAsync(silo, options.Gateways, options.SensorsPerGateway, withRules: true).ConfigureAwait(false);
        var phases = new List<LoadPhase>();
        async Task<LoadPhase> PhaseAsync(string name, IngestOptions load, params string[] more)
        {
            var phase = await RunPhaseAsync(silo, Path.Combine(directory, name), (name, phases.Count), load, more).ConfigureAwait(false);
            Console.WriteLine(phase);
            phases.Add(phase);
            return phase;
        }

        await PhaseAsync("warm-up", options with { Seconds = WarmUpSeconds }).ConfigureAwait(false);
        var capacity = 0.0;
        for (var (run, isRising) = (1, true); run <= MostSaturationRuns && isRising; run++)
        {
            var saturated = await PhaseAsync($"capacity-{run}", options, Greedy).ConfigureAwait(false);
            var found = saturated.Number("acknowledged_per_second");
            isRising = found > capacity * RisingFactor;
            capacity = Math.Max(capacity, found);
        }

        var calm = options with { Rate = capacity * CalmShare };
        var before = await PhaseAsync("before", calm).ConfigureAwait(false);
        var over = await PhaseAsync("overload", options with { Rate = 2 * capacity }, Greedy).ConfigureAwait(false);
        var after = await PhaseAsync("after", calm).ConfigureAwait(false);
        var peakRss = silo.PeakRssBytes();
        await silo.StopAsync().ConfigureAwait(false);

        await using var store = await StoreReader.OpenAsync(data).ConfigureAwait(false);
        var total = new StoreVerification(0, 0, 0, 0);
        foreach (var phase in phases)
        {
            total += await phase.VerifyAsync(store).ConfigureAwait(false);
        }

        var inOverload = await over.VerifyAsync(store).ConfigureAwait(false);
        return Report(capacity, (before, over, after), inOverload, total, peakRss);
    }

    private static async Task<LoadPhase> RunPhaseAsync(
        SiloProcess silo, string recordFile, (string Name, int Index) phase, IngestOptions options, IReadOnlyList<string> more)
    {
        var arguments = options.Generator(silo.Mqtt, recordFile, LoadPhase.First(phase.Index));
        using var generator = GeneratorProcess.Start([.. arguments, .. more], Pinned.Apart.Generator);
        var unread = new UnreadSockets(silo.Mqtt);
        var peakRss = 0L;
        using var client = SiloClient.Of(silo);
        var waits = await client.MetricAsync(BudgetWaits).ConfigureAwait(false);
        using var timer = new PeriodicTimer(LookEvery);
        while (!generator.HasEnded)
        {
            await timer.WaitForNextTickAsync().ConfigureAwait(false);
            unread.Look();
            peakRss = Math.Max(peakRss, silo.RssBytes());
        }

        var load = await generator.ResultAsync().ConfigureAwait(false);
        waits = await client.MetricAsync(BudgetWaits).ConfigureAwait(false) - waits;
        var record = LoadRecord.Read(recordFile);
        return record.OfferedReadings(0, 0) <= LoadPhase.Indexes
            ? new(phase.Name, phase.Index, load, record, peakRss, unread.Share, (long)waits)
            : throw new InvalidOperationException(
                $"Phase {phase.Name} offered {record.OfferedReadings(0, 0)} readings of each sensor; {LoadPhase.Indexes} fit. Take more --sensors or fewer --seconds.");
    }

    private static int Report(
        double capacity, (LoadPhase Before, LoadPhase Over, LoadPhase After) phases, StoreVerification inOverload, StoreVerification total, long peakRss)
    {
        var (before, over, after) = phases;
        var isBounded = peakRss <= MemoryBoundBytes;
        if (!isBounded)
        {
            Console.WriteLine($"MEMORY: {peakRss >> 20} MiB at its peak, the bound is {MemoryBoundBytes >> 20} MiB");
        }

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            capacity_per_second = capacity,
            offered = over.Count("due"),
            offered_per_second = 2 * capacity,
            sent = over.Count("offered"),
            unsent_backlog = over.Count("due") - over.Count("offered"),
            acknowledged = over.Count("acknowledged"),
            acknowledged_per_second = over.Number("acknowledged_per_second"),
            stored = inOverload.Stored,
            lost = total.Lost,
            invented = total.Invented,
            disordered = total.Disordered,
            held_back_share = over.Number("held_back_share"),
            unread_sockets_share = over.UnreadShare,
            reading_stopped = over.BudgetWaits,
            p99_ms_before = before.Number("p99_ms"),
            p50_ms = over.Number("p50_ms"),
            p99_ms = over.Number("p99_ms"),
            p99_ms_after = after.Number("p99_ms"),
            p50_ms_before = before.Number("p50_ms"),
            p50_ms_after = after.Number("p50_ms"),
            peak_rss_bytes = peakRss,
            rss_bound_bytes = MemoryBoundBytes,
        }));
        return total.Holds && isBounded ? 0 : 1;
    }
}
