using System.Collections.Immutable;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Registry;
using Quartier.Grains.Alerts;
using Quartier.Grains.Sensors;

namespace Grains.Tests;

/// <summary>A sensor of which nothing is kept but its readings, by the calls that it makes while it goes through them.</summary>
public sealed class SensorReplayTests
{
    private const int Minutes = 400;

    /// <summary>One page of stored readings: two more pages are not read while the sensor waits.</summary>
    private const int Page = 1_024;

    [Fact]
    public void A_sensor_that_has_lost_its_snapshot_tells_its_district_once()
    {
        using var host = new CityHost(Town.City(Town.Sensor()));
        var reports = new List<SensorReport>();
        host.Calling = context =>
        {
            if (context.Request.GetMethodName() == nameof(IDistrictGrain.Report))
            {
                reports.Add((SensorReport)context.Request.GetArgument(0)!);
            }

            return Task.CompletedTask;
        };
        host.Crash();
        for (var minute = 0; minute < Minutes; minute++)
        {
            host.Ingest(Town.Sample(minute, minute % 7));
        }

        // Live it tells each minute, and a snapshot was not due yet.
        Assert.InRange(reports.Count, Minutes - 1, Minutes + 1);
        reports.Clear();
        host.Crash(awaken: false);
        host.Run(() => host.Sensor().Refresh());
        host.Driver.RunUntilIdle();

        var told = Assert.Single(reports);
        Assert.Equal(Town.At(Minutes - 1), told.LastTimeMs);
        Assert.Equal(Minutes, host.Books().Stored);
        var minutes = told.Minutes.Select(m => m.Row.StartMs).ToList();
        Assert.Equal(minutes.Distinct().Order(), minutes);
        Assert.Equal(Town.At(Minutes - 2), minutes[^1]);
    }

    [Fact]
    public void Replay_waits_for_its_district_when_alerts_have_gathered()
    {
        using var host = new CityHost(Town.City(Town.Sensor().With(Town.Above(50))));
        Store(host, 4 * Page);
        var (gate, sizes) = (new TaskCompletionSource(), new List<int>());
        host.Calling = context =>
        {
            if (context.Request.GetMethodName() != nameof(IDistrictGrain.RecordAlerts))
            {
                return Task.CompletedTask;
            }

            sizes.Add(((ImmutableArray<Alert>)context.Request.GetArgument(0)!).Length);
            return gate.Task;
        };
        host.Crash(awaken: false);
        host.Store.Ranges = [];
        var woken = host.Sensor().Refresh();
        host.Driver.RunUntilIdle();

        // Each reading raises or ends an alert; the first page holds more of them than may wait.
        Assert.True(AlertOutbox.MaxWaiting < Page, "The limit does not show within a page.");
        Assert.False(woken.IsCompleted);
        Assert.Equal([1], sizes);
        Assert.Single(host.Store.Ranges);

        gate.SetResult();
        host.Driver.RunUntilIdle();
        Assert.True(woken.IsCompletedSuccessfully);
        Assert.Equal(4 * Page, sizes.Sum());
        Assert.All(sizes, size => Assert.InRange(size, 1, AlertOutbox.MaxWaiting));
    }

    [Fact]
    public void Replay_waits_for_its_asset_when_readings_have_gathered()
    {
        const int pages = 10;
        var city = Town.City(Town.Sensor("s", Town.Stream("free", dataClass: DataClass.Public)) with { Asset = "a" })
            with
        { Assets = [Town.Asset(Town.CarPark, ("free", "free"))] };
        using var host = new CityHost(city);
        Store(host, pages * Page);
        var (gate, sizes) = (new TaskCompletionSource(), new List<int>());
        host.Calling = context =>
        {
            if (context.Request.GetMethodName() != nameof(IAssetGrain.Observe))
            {
                return Task.CompletedTask;
            }

            sizes.Add(((AssetObservation)context.Request.GetArgument(0)!).Readings.Length);
            return gate.Task;
        };
        host.Crash(awaken: false);
        host.Store.Ranges = [];
        var woken = host.Sensor().Refresh();
        host.Driver.RunUntilIdle();

        Assert.False(woken.IsCompleted);
        Assert.Single(sizes);
        Assert.Equal((AssetFeed.MaxWaiting / Page) + 1, host.Store.Ranges?.Count);

        gate.SetResult();
        host.Driver.RunUntilIdle();
        Assert.True(woken.IsCompletedSuccessfully);
        Assert.Equal(pages * Page, sizes.Sum());
        Assert.All(sizes, size => Assert.InRange(size, 1, AssetFeed.MaxWaiting));
    }

    /// <summary>Stores readings as if a sensor had taken them, which is up and down by turns.</summary>
    private static void Store(CityHost host, int count)
    {
        host.Run(() => host.Sensor().Refresh());
        var number = host.State().Number;
        var readings = Enumerable.Range(0, count).Select(i => new Quartier.Contracts.Readings.Reading(Town.At(i), i % 2 == 0 ? 60 : 40, default)).ToArray();
        host.Store.Append(number, readings, new Quartier.Contracts.Readings.AppendOutcome[count]);
    }
}
