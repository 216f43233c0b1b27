using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Policies;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Retention;

namespace Grains.Tests.Retention;

/// <summary>Looks for planted values in every byte of the data directory: as doubles of either byte order, as text, and as scaled varints.</summary>
public sealed class RawBytesTests
{
    /// <summary>In no file by chance: a value with six decimal places, and one that only a double can hold.</summary>
    private static readonly double[] Planted = [83.471923, 71.123456789012345];

    [Fact]
    public void No_byte_of_an_expired_reading_is_left_in_any_file()
    {
        using var host = new RetentionHost(City(), new FixedPolicies().Keep("mitte", new RetentionDefinition(1, 5, 10)));
        Plant(host);

        // Snapshots, alerts, sealed blocks and the journal all hold it now.
        host.Restart();
        Assert.True(host.Store.SealAsync().IsCompletedSuccessfully);
        Assert.All(RetentionHost.Wait(host.Store.Readings.ManifestAsync(default)).Partitions, p => Assert.True(p.Readings > 0));
        var before = Traces(host.Directory);
        Assert.All(Planted, value => Assert.Contains(before, t => t.Value.Equals(value)));
        Assert.Contains(before, t => t.File.StartsWith("partitions/", StringComparison.Ordinal));
        Assert.Contains(before, t => t.File.StartsWith("city.db", StringComparison.Ordinal));
        Assert.NotEmpty(host.Run(() => Alerts(host)));

        host.Driver.Advance(TimeSpan.FromHours(50));
        var run = host.Run(() => host.Retention.GetStatus()).Run!;
        Assert.Equal((RetentionPhase.Done, null), (run.Phase, run.Incident));
        Assert.Equal([], Traces(host.Directory));

        // The alert stays, and the sums of what was deleted.
        var alert = Assert.Single(host.Run(() => Alerts(host)), a => a.Subject == "sensor/g/s");
        Assert.All(alert.Explanation.Readings, r => Assert.True(double.IsNaN(r.Reading.Value)));
        Assert.Empty(alert.Explanation.Computed);
        Assert.Contains("deleted", alert.Explanation.Sentence.En, StringComparison.Ordinal);
        Assert.Equal(4, host.Hours("g/s").Sum(h => h.Count));
        host.Restart();
        Assert.Equal([], Traces(host.Directory));
    }

    [Fact]
    public void No_byte_of_what_an_assets_alert_explains_is_left_in_any_file()
    {
        using var host = new RetentionHost(CarPark());
        PlantAtCarPark(host);
        host.Restart();
        Assert.True(host.Store.SealAsync().IsCompletedSuccessfully);
        var alert = Assert.Single(host.Run(() => Alerts(host)), a => a.Subject == "asset/a");
        var occupancy = alert.Explanation.Readings[^1].Reading.Value;
        double[] values = [Planted[0] / 10, occupancy];
        Assert.All(values, value => Assert.Contains(Traces(host.Directory, values), t => t.Value.Equals(value) && t.File.StartsWith("city.db", StringComparison.Ordinal)));

        host.Driver.Advance(TimeSpan.FromHours(50));
        var run = host.Run(() => host.Retention.GetStatus()).Run!;
        Assert.Equal((RetentionPhase.Done, null), (run.Phase, run.Incident));
        Assert.Equal([], Traces(host.Directory, values));
        alert = Assert.Single(host.Run(() => Alerts(host)), a => a.Subject == "asset/a");
        Assert.All(alert.Explanation.Readings, r => Assert.True(double.IsNaN(r.Reading.Value)));
        Assert.Empty(alert.Explanation.Computed);
    }

    [Theory]
    [InlineData("asset/a", true)]
    [InlineData("asset/removed", true)]
    [InlineData("asset/a", false)]
    public void Verification_finds_what_an_assets_alert_still_explains(string subject, bool isExpired)
    {
        using var host = new RetentionHost(CarPark());
        PlantAtCarPark(host);
        var kept = Assert.Single(host.Run(() => Alerts(host)), a => a.Subject == "asset/a");
        host.Driver.Advance(TimeSpan.FromHours(50));
        Assert.Empty(host.Run(() => host.Retention.Verify()).Findings);

        // As if the run had left it out, in a district that is registered no longer.
        var explained = kept.Explanation.Readings.Select(r => r with { Reading = r.Reading with { TimeMs = isExpired ? r.Reading.TimeMs : host.NowMs } });
        RetentionHost.Wait(Put(host, kept with { Id = "left", District = "gone", Subject = subject, Explanation = kept.Explanation with { Readings = [.. explained] } }));
        var findings = host.Run(() => host.Retention.Verify()).Findings;
        if (!isExpired)
        {
            Assert.Empty(findings);
            return;
        }

        Assert.Contains("Alert left of town/gone", Assert.Single(findings), StringComparison.Ordinal);
        Assert.Null(host.RunRetention().Run!.Incident);
        Assert.Empty(host.Run(() => host.Retention.Verify()).Findings);
    }

    [Fact]
    public void Journal_holds_a_reading_in_a_form_that_is_found()
    {
        using var host = new RetentionHost(City());
        Plant(host);
        var files = Traces(host.Directory).Select(t => t.File).ToList();
        Assert.Contains(files, f => f.StartsWith("journal/", StringComparison.Ordinal));
    }

    private static CityDefinition CarPark()
    {
        var sensor = Town.Sensor("s", Stream() with { Property = "free" }, Stream() with { Property = "state" }) with { Asset = "a" };
        return Town.City(sensor) with { Assets = [Town.Asset(Town.CarPark, ("free", "free"), ("state", "state"))] };
    }

    /// <summary>Nearly full for twenty minutes: its rule judges the occupancy that it computes of the planted number of free spaces.</summary>
    private static void PlantAtCarPark(RetentionHost host)
    {
        host.Driver.Advance(TimeSpan.FromHours(2));
        host.Ingest("g/s", [.. new[] { 100, Planted[0] / 10, Planted[0] / 10, Planted[0] / 10 }.Select((free, i) => Town.Sample(i * 10, free))]);
        host.Driver.RunUntilIdle();
    }

    private static async ValueTask<bool> Put(RetentionHost host, Alert alert)
    {
        await host.Store.Alerts.PutAsync([alert], default).ConfigureAwait(false);
        return true;
    }

    private static CityDefinition City() => Town.City(
        Town.Sensor("s", Stream()).With(Town.Above(60)),
        Town.Sensor("w", Stream()).With(Town.Above(60)) with { District = "west" });

    private static DatastreamDefinition Stream() => Town.Stream() with { RetentionDays = 1, MaxStep = null };

    private static void Plant(RetentionHost host)
    {
        host.Driver.Advance(TimeSpan.FromHours(2));

        // Where roll-ups are kept the planted values are neither the least nor the greatest of their hour: those would be kept.
        host.Ingest("g/s", Town.Sample(0, 1), Town.Sample(5, Planted[0]), Town.Sample(10, Planted[1]), Town.Sample(15, 99));
        host.Ingest("g/w", Town.Sample(0, Planted[0]), Town.Sample(70, Planted[1]));
    }

    private static Task<IReadOnlyList<Alert>> Alerts(RetentionHost host) => Task.FromResult<IReadOnlyList<Alert>>(
    [
        .. RetentionHost.Wait(host.Store.Alerts.ListAsync("town", "mitte", new(null, null, null, null, 100), default)),
        .. RetentionHost.Wait(host.Store.Alerts.ListAsync("town", "west", new(null, null, null, null, 100), default)),
    ]);

    private static List<(string File, double Value, string Form)> Traces(string directory, double[]? values = null)
    {
        var traces = new List<(string, double, string)>();
        foreach (var file in Directory.GetFiles(directory, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "lock").Order(StringComparer.Ordinal))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            foreach (var value in values ?? Planted)
            {
                traces.AddRange(Forms(value).Where(form => bytes.AsSpan().IndexOf(form.Bytes) >= 0)
                    .Select(form => (Path.GetRelativePath(directory, file), value, form.Name)));
            }
        }

        return traces;
    }

    private static IEnumerable<(string Name, byte[] Bytes)> Forms(double value)
    {
        var little = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(little, value);
        yield return ("little-endian double", little);
        yield return ("big-endian double", [.. little.Reverse()]);
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        yield return ("text", Encoding.UTF8.GetBytes(text[..Math.Min(text.Length, 7)]));
        yield return ("German text", Encoding.UTF8.GetBytes(text[..Math.Min(text.Length, 6)].Replace('.', ',')));
        if (Math.Round(value, 6) == value)
        {
            yield return ("scaled varint", ZigZag((long)Math.Round(value * 1_000_000)));
        }
    }

    private static byte[] ZigZag(long number)
    {
        var bytes = new List<byte>();
        var rest = (ulong)((number << 1) ^ (number >> 63));
        for (; rest >= 0x80; rest >>= 7)
        {
            bytes.Add((byte)(rest | 0x80));
        }

        bytes.Add((byte)rest);
        return [.. bytes];
    }
}
