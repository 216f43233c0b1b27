using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Quartier.Benchmarks.Ingest;
using Quartier.Benchmarks.Overload;
using Quartier.Benchmarks.Processes;
using Quartier.Gateway.Load;

namespace Quartier.Benchmarks.FullDisk;

/// <summary>
/// <c>bench full-disk</c>: a silo at full load on a real file system that becomes full and is freed again. Acknowledgements must stop, <c>/health</c>
/// must say so, the process must live and go on by itself, and everything acknowledged must be stored exactly once, after a kill too.
/// </summary>
internal static class FullDiskBench
{
    /// <summary>Two journal files of 64 MiB, the databases, and a ballast worth removing.</summary>
    private const int DiskMebibytes = 512;

    /// <summary>Left at the start: one journal file and the databases, but no second journal file, so that the disk is full within one file's time.</summary>
    private const long FreeAtStartBytes = 112L << 20;

    private const int Gateways = 50;
    private const int SensorsPerGateway = 100;
    private const double SecondsPerPiece = 10;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BeforeBallast = TimeSpan.FromSeconds(3);

    /// <summary>One journal file holds nine million of these readings: half a minute at full load on a quiet machine.</summary>
    private static readonly TimeSpan FullWithin = TimeSpan.FromSeconds(600);

    private static readonly TimeSpan RecoversWithin = TimeSpan.FromSeconds(30);

    /// <summary>Runs it; the last line is JSON.</summary>
    /// <returns>0 when all of it held; 2 when nothing could be tested.</returns>
    public static async Task<int> RunAsync(TimeSpan fullFor)
    {
        var directory = Directory.CreateTempSubdirectory("quartier-full-disk-").FullName;
        try
        {
            await using var disk = await SmallDisk.MountAsync(Path.Combine(directory, "disk"), DiskMebibytes).ConfigureAwait(false);
            return await RunAsync(disk, directory, fullFor).ConfigureAwait(false);
        }
        catch (NoMountException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message).ConfigureAwait(false);
            Console.WriteLine(JsonSerializer.Serialize(new { tested = false }));
            return 2;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<int> RunAsync(SmallDisk disk, string directory, TimeSpan fullFor)
    {
        var data = Path.Combine(disk.Path, "data");
        var logLines = 0L;
        disk.FillUntil(FreeAtStartBytes);
        var silo = await SiloProcess.StartAsync(data, Pinned.Apart.Server, log: _ => Interlocked.Increment(ref logLines)).ConfigureAwait(false);
        await using var first = silo.ConfigureAwait(false);
        await BenchCity.ApplyAsync(silo, Gateways, SensorsPerGateway, withRules: true).ConfigureAwait(false);

        using var over = new CancellationTokenSource();
        var loading = LoadAsync(silo, directory, over.Token);
        var course = await FillAndFreeAsync(silo, disk, fullFor).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        var pieces = await loading.ConfigureAwait(false);
        var peakRss = silo.IsAlive ? silo.PeakRssBytes() : 0;
        await silo.StopAsync().ConfigureAwait(false);

        var stopped = await VerifyAsync(data, pieces).ConfigureAwait(false);
        var again = await SiloProcess.StartAsync(data, Pinned.Apart.Server).ConfigureAwait(false);
        await using (again.ConfigureAwait(false))
        {
            await again.KillAsync().ConfigureAwait(false);
        }

        var restarted = await VerifyAsync(data, pieces).ConfigureAwait(false);
        return Report(course, pieces, (stopped, restarted), (peakRss, Interlocked.Read(ref logLines)));
    }

    private static async Task<FullDiskCourse> FillAndFreeAsync(SiloProcess silo, SmallDisk disk, TimeSpan fullFor)
    {
        using var client = SiloClient.Of(silo);
        var course = new FullDiskCourse();
        using var timer = new PeriodicTimer(LookEvery);
        await PassAsync(timer, BeforeBallast).ConfigureAwait(false);
        disk.FillUntil(0);
        var watch = Stopwatch.StartNew();
        Console.WriteLine($"the disk has {disk.FreeBytes} bytes left; what the journal's file has room for is still acknowledged");

        course.SaidSo = await UntilAsync(timer, FullWithin, async () => (await client.HealthAsync().ConfigureAwait(false)).Status == 503).ConfigureAwait(false);
        course.SecondsUntilFull = watch.Elapsed.TotalSeconds;
        course.Said = (await client.HealthAsync().ConfigureAwait(false)).Store;
        Console.WriteLine($"after {course.SecondsUntilFull:F1} s /health says: {course.Said}");

        var before = await client.MetricAsync(FullDiskCourse.Acknowledgements).ConfigureAwait(false);
        await PassAsync(timer, fullFor).ConfigureAwait(false);
        course.AcknowledgedWhileFull = (long)(await client.MetricAsync(FullDiskCourse.Acknowledgements).ConfigureAwait(false) - before);
        course.StillSaidSo = (await client.HealthAsync().ConfigureAwait(false)).Status == 503;
        Console.WriteLine($"acknowledged in {fullFor.TotalSeconds:F0} s of it: {course.AcknowledgedWhileFull}; resident {silo.RssBytes() >> 20} MiB");

        disk.Free();
        watch.Restart();
        course.WentOn = await UntilAsync(timer, RecoversWithin, async () =>
            (await client.HealthAsync().ConfigureAwait(false)).Status == 200
            && await client.MetricAsync(FullDiskCourse.Acknowledgements).ConfigureAwait(false) > before).ConfigureAwait(false);
        course.SecondsToRecover = watch.Elapsed.TotalSeconds;
        await PassAsync(timer, fullFor).ConfigureAwait(false);
        course.AcknowledgedAfter = (long)(await client.MetricAsync(FullDiskCourse.Acknowledgements).ConfigureAwait(false) - before);
        course.Lived = silo.IsAlive;
        Console.WriteLine($"acknowledgements go on {course.SecondsToRecover:F1} s after space was freed; {course.AcknowledgedAfter} until the end");
        return course;
    }

    /// <summary>Full load in pieces, one after the other, until cancelled: how long the disk takes to fill is not known beforehand.</summary>
    private static async Task<List<LoadPhase>> LoadAsync(SiloProcess silo, string directory, CancellationToken over)
    {
        var options = new IngestOptions(SecondsPerPiece, Gateways, Gateways * SensorsPerGateway, 1, 64, 0, null);
        var pieces = new List<LoadPhase>();
        while (!over.IsCancellationRequested)
        {
            var name = $"piece-{pieces.Count}";
            var recordFile = Path.Combine(directory, name);
            string[] patient = ["--drain-seconds", FullWithin.TotalSeconds.ToString(CultureInfo.InvariantCulture)];
            using var generator = GeneratorProcess.Start([.. options.Generator(silo.Mqtt, recordFile, LoadPhase.First(pieces.Count)), .. patient], Pinned.Apart.Generator);
            var load = await generator.ResultAsync().ConfigureAwait(false);
            pieces.Add(new(name, pieces.Count, load, LoadRecord.Read(recordFile)));
        }

        return pieces;
    }

    private static async Task<StoreVerification> VerifyAsync(string data, List<LoadPhase> pieces)
    {
        await using var store = await StoreReader.OpenAsync(data).ConfigureAwait(false);
        var total = new StoreVerification(0, 0, 0, 0);
        foreach (var piece in pieces)
        {
            total += await piece.VerifyAsync(store).ConfigureAwait(false);
        }

        return total;
    }

    private static async Task PassAsync(PeriodicTimer timer, TimeSpan duration)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration)
        {
            await timer.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }

    private static async Task<bool> UntilAsync(PeriodicTimer timer, TimeSpan limit, Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition().ConfigureAwait(false))
        {
            if (watch.Elapsed > limit)
            {
                return false;
            }

            await timer.WaitForNextTickAsync().ConfigureAwait(false);
        }

        return true;
    }

    private static int Report(FullDiskCourse course, List<LoadPhase> pieces, (StoreVerification Stopped, StoreVerification Restarted) found, (long PeakRssBytes, long LogLines) silo)
    {
        var held = course.Holds && found.Stopped.Holds && found.Restarted.Holds && found.Restarted.Stored == found.Stopped.Stored;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            tested = true,
            said_so = course.SaidSo && course.StillSaidSo,
            health = course.Said,
            lived = course.Lived,
            acknowledged_while_full = course.AcknowledgedWhileFull,
            seconds_until_full = Math.Round(course.SecondsUntilFull, 1),
            seconds_to_recover = Math.Round(course.SecondsToRecover, 1),
            acknowledged_after = course.AcknowledgedAfter,
            offered = pieces.Sum(p => p.Count("offered")),
            acknowledged = pieces.Sum(p => p.Count("acknowledged")),
            refused = pieces.Sum(p => p.Count("refused")),
            lost_connections = pieces.Sum(p => p.Count("lost_connections")),
            stored = found.Stopped.Stored,
            stored_after_restart = found.Restarted.Stored,
            lost = found.Stopped.Lost + found.Restarted.Lost,
            invented = found.Stopped.Invented + found.Restarted.Invented,
            disordered = found.Stopped.Disordered + found.Restarted.Disordered,
            peak_rss_bytes = silo.PeakRssBytes,
            log_lines = silo.LogLines,
        }));
        return held ? 0 : 1;
    }
}
