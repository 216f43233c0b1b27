using System.Globalization;
using System.Text.Json;
using Quartier.Client;
using Quartier.Client.Alerts;
using Quartier.Client.Books;
using Quartier.Gateway.Commands;
using Quartier.Gateway.Replay;

namespace Quartier.Cli.Demo;

/// <summary>The demo that proves itself: replays at full speed and compares the store with the files value by value.</summary>
internal sealed class CheckedDemo
{
    /// <summary>For which the sample city's policies grant the control room every single reading.</summary>
    private const string Purpose = "betrieb";

    private readonly SiloProcess silo;
    private readonly QuartierClient client;
    private readonly List<string> faults = [];

    private CheckedDemo(SiloProcess silo, QuartierClient client)
    {
        this.silo = silo;
        this.client = client;
    }

    public static async Task<int> RunAsync(DemoSettings settings, CancellationToken cancellation)
    {
        var files = SampleCity.ReadFiles();
        using var directory = new DemoDirectory(settings.DataDirectory, settings.Keep);
        var options = new SiloOptions(SiloOptions.FindProgram(settings.Silo), directory.FullPath, settings.Port);
        await Console.Out.WriteLineAsync("Starting the silo …").ConfigureAwait(false);
        var silo = await SiloProcess.StartAsync(options, cancellation).ConfigureAwait(false);
        CheckedDemo demo;
        CheckResult result;
        await using (silo.ConfigureAwait(false))
        {
            using var http = ServerOptions.Connect(silo.Http, ServerKey.Read(directory.KeyFile));
            http.DefaultRequestHeaders.Add("Quartier-Purpose", Purpose);
            demo = new CheckedDemo(silo, new QuartierClient(http));
            result = await demo.CheckAsync(files, cancellation).ConfigureAwait(false);
        }

        foreach (var fault in demo.faults)
        {
            await Console.Out.WriteLineAsync("NOT RIGHT: " + fault).ConfigureAwait(false);
        }

        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(result, DemoJson.Default.CheckResult)).ConfigureAwait(false);
        return demo.faults.Count == 0 ? 0 : CommandErrors.Failed;
    }

    private async Task<CheckResult> CheckAsync(CityFiles files, CancellationToken cancellation)
    {
        var answer = await SampleCity.ApplyAsync(client, cancellation).ConfigureAwait(false);
        await new DemoPolicies(client, silo.Http, TimeProvider.System, SampleCity.Id, SampleCity.PolicyFiles).ApplyAsync(cancellation).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Münster is registered ({answer.Changes.Count} changes). Replaying {files.Readings:N0} readings of {files.Stations} counting stations "
            + $"and the car parks as fast as it will go."))
            .ConfigureAwait(false);
        var booksBefore = await client.GetBooksAsync(SampleCity.Id, cancellation).ConfigureAwait(false);
        var alertsBefore = await GetAlertsAsync(cancellation).ConfigureAwait(false);
        var cpuBefore = silo.ProcessorTime;
        var replay = await DemoReplay.RunAsync(silo, files, ReplaySpeed.Max, cancellation).ConfigureAwait(false);
        var cpu = silo.ProcessorTime - cpuBefore;
        var books = await client.GetBooksAsync(SampleCity.Id, cancellation).ConfigureAwait(false);
        await Console.Out.WriteLineAsync("Comparing the store with the files …").ConfigureAwait(false);
        var comparison = new StoreComparison(client, SampleCity.Id, PublishedValues.Read(SampleCity.FilesDirectory));
        await comparison.RunAsync(cancellation).ConfigureAwait(false);
        var alerts = await GetAlertsAsync(cancellation).ConfigureAwait(false);
        var result = new CheckResult(
            replay.Readings,
            replay.AcknowledgedReadings,
            books.Stored - booksBefore.Stored,
            Refused(books) - Refused(booksBefore),
            books.Duplicate - booksBefore.Duplicate,
            comparison.Missing + comparison.Invented,
            alerts.Count,
            Math.Round(replay.Seconds, 3),
            Math.Round(replay.AcknowledgedReadings / replay.Seconds, 1),
            Math.Round(replay.Latency.PercentileMs(0.50), 3),
            Math.Round(replay.Latency.PercentileMs(0.99), 3),
            Math.Round(cpu.TotalSeconds, 3),
            silo.PeakBytes);
        Judge(result, books, comparison);
        JudgeAlerts(result, alertsBefore, alerts);
        return result;
    }

    private async Task<List<Alert>> GetAlertsAsync(CancellationToken cancellation)
    {
        var alerts = new List<Alert>();
        string? after = null;
        do
        {
            var page = await client.GetAlertsAsync(SampleCity.Id, state: null, after, cancellation).ConfigureAwait(false);
            alerts.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return alerts;
    }

    private static long Refused(CityBooks books) => books.Refused.Values.Sum();

    private void Judge(CheckResult result, CityBooks books, StoreComparison comparison)
    {
        Expect(books.Balanced, "the books do not balance");
        Expect(result.Acknowledged == result.Offered, $"{result.Offered - result.Acknowledged} of {result.Offered} readings were not acknowledged");
        Expect(result.Refused == 0, $"{result.Refused} readings were refused: {string.Join(", ", books.Refused.Select(pair => $"{pair.Value} {pair.Key}"))}");
        Expect(
            result.Stored + result.Duplicate == result.Offered,
            $"{result.Offered} readings were offered, but {result.Stored} stored and {result.Duplicate} known before");
        Expect(result.Lost == 0, $"{comparison.Missing} published values are not stored as published, {comparison.Invented} stored ones were not published");
        faults.AddRange(comparison.Examples);
    }

    private void JudgeAlerts(CheckResult result, List<Alert> before, List<Alert> after)
    {
        var twice = after.GroupBy(alert => (alert.Subject, alert.Explanation.Rule, alert.Start)).Where(group => group.Count() > 1).ToList();
        foreach (var group in twice)
        {
            Expect(false, $"the alert {group.Key.Rule} of {group.Key.Subject} from {group.Key.Start:u} was raised {group.Count()} times");
        }

        if (result.Stored == 0 && result.Offered > 0)
        {
            var known = before.Select(alert => alert.Id).ToHashSet(StringComparer.Ordinal);
            var more = after.Count(alert => !known.Contains(alert.Id));
            Expect(more == 0, $"{more} alerts were raised although nothing new was stored");
        }
    }

    private void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            faults.Add(otherwise);
        }
    }
}
