using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Quartier.Benchmarks.Policies;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;
using Quartier.Domain.Policies;
using Quartier.Storage;

namespace Quartier.Benchmarks.Ledgers;

/// <summary>
/// <c>latest</c> over HTTP on the loopback interface: decide, look up, answer JSON; with a note in the ledger and without, in turns of one run, so that both meet
/// the same machine. The generator runs in the same process, as it would on the same machine. What recording costs is told by the processor time of a read, to
/// which the throughput of a full machine is the reciprocal: neighbours on a shared machine change it less than the reads of a second.
/// </summary>
internal static class ReadsBench
{
    private const int Readers = 8;
    private const int Streams = 1_000;
    private const int Rounds = 10;
    private const string City = "bench";

    /// <summary>Runs; false when a read is missing from the ledger.</summary>
    public static async Task<bool> RunAsync(string directory, TimeSpan duration, SortedDictionary<string, double> figures, CancellationToken cancellation)
    {
        using var store = EmbeddedStore.Open(directory);
        var numbers = await FillAsync(store).ConfigureAwait(false);
        var city = new BenchPolicy();
        var policy = CompiledPolicy.Compile(city.Policy(), city.Registry(), BenchPolicy.District);
        var requests = Enumerable.Range(0, Streams).Select(city.Request).ToArray();
        await using var app = Build(async (context, isNoted, index) =>
        {
            var request = requests[index];
            var decision = policy.Decide(request, BenchPolicy.Now);
            var latest = await store.Readings.LatestAsync(numbers[index], cancellation).ConfigureAwait(false);
            if (isNoted && !store.Ledger.TryNote(City, new LedgerEntry(
                BenchPolicy.Now, LedgerEntryKind.Read, request.Principal.Reference, BenchPolicy.District, request.Purpose, [$"{request.Sensor}/{request.Property}"], "raw", 1, 1, "city 3", decision.Grant, null)))
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            await JsonSerializer.SerializeAsync(context.Response.Body, latest!.Value, cancellationToken: cancellation).ConfigureAwait(false);
        });
        await app.StartAsync(cancellation).ConfigureAwait(false);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var noted = await MeasureAsync(http, store, duration / Rounds, figures, cancellation).ConfigureAwait(false);
        await app.StopAsync(cancellation).ConfigureAwait(false);
        return await CountAsync(store).ConfigureAwait(false) == noted;
    }

    /// <summary>Measures turn by turn; how many reads were noted.</summary>
    private static async Task<long> MeasureAsync(
        HttpClient http, EmbeddedStore store, TimeSpan turn, SortedDictionary<string, double> figures, CancellationToken cancellation)
    {
        _ = await TurnAsync(http, isNoted: false, turn, cancellation).ConfigureAwait(false);
        var noted = await TurnAsync(http, isNoted: true, turn, cancellation).ConfigureAwait(false);
        var (withouts, withs) = (new List<ReadsTurn>(), new List<ReadsTurn>());
        for (var round = 0; round < Rounds; round++)
        {
            // Off, on, on, off: what drifts meets both alike.
            var turns = new ReadsTurn[2];
            foreach (var kind in (int[])[0, 1, 1, 0])
            {
                var (clock, begun) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
                var count = await TurnAsync(http, isNoted: kind == 1, turn, cancellation).ConfigureAwait(false);
                if (kind == 1)
                {
                    // What has been noted is written within the turn that noted it, not at the cost of the next.
                    _ = await store.LedgerReader.SignAsync(City).ConfigureAwait(false);
                }

                turns[kind] += new ReadsTurn(count, clock.Elapsed, Environment.CpuUsage.TotalTime - begun);
            }

            noted += turns[1].Reads;
            withouts.Add(turns[0]);
            withs.Add(turns[1]);
        }

        figures["latest_per_second_without_ledger"] = Math.Round(Median(withouts.Select(t => t.PerSecond)));
        figures["latest_per_second_with_ledger"] = Math.Round(Median(withs.Select(t => t.PerSecond)));
        figures["latest_us_without_ledger"] = Math.Round(Median(withouts.Select(t => t.ProcessorUs)), 2);
        figures["latest_us_with_ledger"] = Math.Round(Median(withs.Select(t => t.ProcessorUs)), 2);
        figures["ledger_overhead_percent"] = Math.Round(100 * (1 - Median(withs.Zip(withouts, (with, without) => without.ProcessorUs / with.ProcessorUs))), 2);
        return noted;
    }

    /// <summary>Of the rounds: one in which the machine stood still says nothing of the ledger.</summary>
    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static WebApplication Build(Func<HttpContext, bool, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            var path = context.Request.Path.Value!;
            return answer(context, path[1] == '1', int.Parse(path.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture));
        });
        return app;
    }

    private static async Task<int[]> FillAsync(EmbeddedStore store)
    {
        var numbers = Enumerable.Range(0, Streams)
            .Select(i => store.Readings.Register(new DatastreamKey($"{City}/g/s{i}", "p"), TimeSpan.FromDays(90))).ToArray();
        var outcomes = new AppendOutcome[1];
        foreach (var number in numbers)
        {
            await store.Readings.WhenDurable(
                store.Readings.Append(number, [new Reading(BenchPolicy.Now, number, Quality.Good)], outcomes)).ConfigureAwait(false);
        }

        return numbers;
    }

    private static async Task<long> TurnAsync(HttpClient http, bool isNoted, TimeSpan duration, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Readers).Select(async reader =>
        {
            var random = new Random(reader);
            var count = 0L;
            while (clock.Elapsed < duration)
            {
                using var answer = await http.GetAsync(new Uri($"{(isNoted ? 1 : 0)}/{random.Next(Streams)}", UriKind.Relative), cancellation).ConfigureAwait(false);
                answer.EnsureSuccessStatusCode();
                count++;
            }

            return count;
        })).ConfigureAwait(false);
        return counts.Sum();
    }

    private static async Task<long> CountAsync(EmbeddedStore store)
    {
        _ = await store.LedgerReader.SignAsync(City).ConfigureAwait(false);
        var sum = 0L;
        for (long? from = 0; from is { } next;)
        {
            var page = await store.LedgerReader.RangeAsync(City, next, 1_000).ConfigureAwait(false);
            sum += page.Entries.Sum(e => e.Entry.Count);
            from = page.Next;
        }

        return sum;
    }
}
