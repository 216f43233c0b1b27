using Quartier.Contracts.Alerts;
using Quartier.Contracts.Registry;
using Quartier.Grains.Alerts;

namespace Grains.Tests;

/// <summary>An alert reaches the district after its readings are on the disk, and exactly once.</summary>
public sealed class SensorAlertTests
{
    private static readonly SensorDefinition Watched = Town.Sensor().With(Town.Above(10));

    [Fact]
    public void An_alert_waits_for_the_disk()
    {
        using var host = new CityHost(Town.City(Watched));
        host.Store.Hold();
        host.Ingest(Town.Sample(0, 20));
        Assert.Empty(host.Recorded());
        host.Store.Release();
        host.Driver.RunUntilIdle();
        Assert.Equal((AlertState.Raised, Town.At(0)), (Assert.Single(host.Recorded()).State, host.Recorded()[0].StartMs));
    }

    [Fact]
    public void An_alert_of_a_reading_that_the_clock_let_go_waits_for_the_disk_too()
    {
        using var host = new CityHost(Town.City(Town.Sensor("s", Town.Stream(latenessMs: 5 * Town.Minute)).With(Town.Above(10))));
        host.Store.Hold();
        host.Ingest(Town.Sample(0, 20));
        var check = Task.CompletedTask;
        host.Run(() =>
        {
            check = host.Sensor().CheckSilence(Town.At(10));
            return Task.CompletedTask;
        });
        host.Driver.RunUntilIdle();
        Assert.Empty(host.Recorded());
        host.Store.Release();
        host.Driver.RunUntilIdle();
        Assert.True(check.IsCompletedSuccessfully);
        Assert.Single(host.Recorded());
    }

    [Fact]
    public void An_alert_is_tried_again_until_the_district_has_it_and_recorded_once()
    {
        using var host = new CityHost(Town.City(Watched));
        host.Alerts.FailNext = 5;
        host.Ingest(Town.Sample(0, 20));
        Assert.Empty(host.Recorded());
        host.Advance(TimeSpan.FromMinutes(2));
        Assert.Single(host.Recorded());
        Assert.Equal((1, 0), (host.Alerts.Writes, host.Alerts.FailNext));
    }

    [Fact]
    public void Raised_and_resolved_arrive_in_order_although_the_district_fails_between()
    {
        using var host = new CityHost(Town.City(Watched));
        host.Alerts.FailNext = 1;
        host.Ingest(Town.Sample(0, 20), Town.Sample(1, 5), Town.Sample(2, 30));
        host.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([AlertState.Resolved, AlertState.Raised], host.Recorded().Select(a => a.State));
        Assert.Equal(3, host.Alerts.Writes);
    }

    [Fact]
    public void A_crash_before_the_district_had_the_alert_loses_nothing()
    {
        using var host = new CityHost(Town.City(Watched));
        host.Alerts.FailNext = 1;
        host.Ingest(Town.Sample(0, 20));
        host.Crash();
        Assert.Single(host.Recorded());
    }

    [Fact]
    public void A_sensor_takes_nothing_more_while_too_many_alerts_wait()
    {
        using var host = new CityHost(Town.City(Watched));
        host.Ingest(Town.Sample(0, 5));
        host.Alerts.FailNext = 3;
        var samples = Enumerable.Range(1, AlertOutbox.MaxWaiting).Select(i => Town.Sample(i, i % 2 == 0 ? 5 : 20)).ToArray();
        var receipt = host.Sensor().Ingest(host.Batch(samples));
        host.Driver.RunUntilIdle();
        Assert.False(receipt.IsCompleted);
        host.Advance(TimeSpan.FromMinutes(1));
        Assert.True(receipt.IsCompletedSuccessfully);
        Assert.Equal(AlertOutbox.MaxWaiting / 2, host.Recorded().Count);

        // The first alert went alone; what gathered behind it was one write.
        Assert.Equal(2, host.Alerts.Transactions);
    }

    [Fact]
    public void The_district_looks_for_silence_while_a_sensor_waits_for_it()
    {
        using var host = new CityHost(Town.City(Watched, Town.Sensor("other").With(Town.Missing(5 * Town.Minute))));
        host.Ingest("g/other", Town.Sample(0, 1));
        host.Ingest(Town.Sample(0, 5));
        host.Advance(TimeSpan.FromMinutes(4));
        host.Alerts.FailNext = 1;

        // A late reading must be in a snapshot, which waits for the alert, which waits for the district, which is just asking the sensor.
        var receipt = host.Sensor().Ingest(host.Batch(Town.Sample(1, 20), Town.Sample(0.5, 1)));
        host.Advance(TimeSpan.FromSeconds(1));
        Assert.True(receipt.IsCompletedSuccessfully);
        host.Store.Hold();
        var held = host.Sensor().Ingest(host.Batch(Town.Sample(2, 5), Town.Sample(1.5, 1)));
        host.Advance(TimeSpan.FromSeconds(15));
        host.Store.Release();
        host.Advance(TimeSpan.FromSeconds(1));
        Assert.True(held.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Silence_is_one_alert_whether_the_clock_or_the_next_reading_shows_it(bool clockFirst)
    {
        using var host = new CityHost(Town.City(Town.Sensor().With(Town.Missing(5 * Town.Minute))));
        host.Ingest(Town.Sample(0, 1));
        if (clockFirst)
        {
            host.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal((AlertState.Raised, Town.At(0), Town.At(5)), (Assert.Single(host.Recorded()).State, host.Recorded()[0].StartMs, host.Recorded()[0].RaisedMs));
        }

        host.Ingest(Town.Sample(30, 1));
        Assert.Equal([("sensor/g/s", AlertState.Resolved, Town.At(0), Town.At(5), (long?)Town.At(30))], host.Recorded());
    }

    [Fact]
    public void A_district_in_which_everybody_is_silent_still_looks()
    {
        using var host = new CityHost(Town.City(Town.Sensor().With(Town.Missing(2 * Town.Hour))));
        host.Ingest(Town.Sample(0, 1));
        host.Advance(TimeSpan.FromHours(3));
        Assert.Equal(Town.At(120), Assert.Single(host.Recorded()).RaisedMs);
    }

    [Fact]
    public void One_datastream_falls_silent_while_another_speaks()
    {
        var sensor = Town.Sensor("s", Town.Stream("a"), Town.Stream("b")).With(Town.Missing(5 * Town.Minute, "b"));
        using var host = new CityHost(Town.City(sensor));
        host.Ingest(Town.Sample(0, 1), Town.Sample(0, 1, 1));
        for (var minute = 1; minute < 8; minute++)
        {
            host.Advance(TimeSpan.FromMinutes(1));
            host.Ingest(Town.Sample(minute, minute));
        }

        Assert.Equal([("sensor/g/s", AlertState.Raised, Town.At(0), Town.At(5), (long?)null)], host.Recorded());
    }

    [Fact]
    public void A_rule_on_silence_holds_for_a_sensor_that_sends_on_change_only()
    {
        using var host = new CityHost(Town.City(Town.Sensor("s", Town.Stream() with { IntervalMs = 0 }).With(Town.Missing(3 * Town.Minute))));
        host.Ingest(Town.Sample(0, 1));
        host.Advance(TimeSpan.FromSeconds(179));
        Assert.Empty(host.Recorded());
        host.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(Town.At(3), Assert.Single(host.Recorded()).RaisedMs);
    }

    [Fact]
    public void Silence_is_not_judged_before_gateways_had_time_to_connect_after_a_start()
    {
        using var host = new CityHost(Town.City(Town.Sensor("s", Town.Stream()).With(Town.Missing(Town.Minute))));
        host.Ingest(Town.Sample(0, 1));
        host.Advance(TimeSpan.FromSeconds(110));
        Assert.Empty(host.Recorded());
        host.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(Town.At(1), Assert.Single(host.Recorded()).RaisedMs);
    }

    [Fact]
    public void Looking_for_silence_tells_watchers_nothing_when_there_is_none()
    {
        using var host = new CityHost(Town.City(Town.Sensor("s", Town.Stream("a"), Town.Stream("b")).With(Town.Missing(Town.Hour, "b"))));
        host.Ingest(Town.Sample(0, 1), Town.Sample(0, 1, 1));
        host.Advance(TimeSpan.FromMinutes(3));
        host.Feed.Subjects.Clear();
        host.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty(host.Feed.Subjects);
    }

    [Fact]
    public void Readings_for_a_busy_asset_wait_and_arrive_in_order()
    {
        var sensor = Watched with { Asset = "a" };
        using var host = new CityHost(Town.City(sensor) with { Assets = [Town.Asset(Town.CarPark, ("free", "v"))] });
        host.Ingest([.. Enumerable.Range(0, 600).Select(i => Town.Sample(i, i % 50))]);
        Assert.Equal(599 % 50, host.Run(() => host.Asset("a").GetState()).Values["free"].Value);
        Assert.Equal(600, host.Books().Stored);
    }
}
