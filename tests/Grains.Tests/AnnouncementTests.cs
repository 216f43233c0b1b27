using Quartier.Contracts.Alerts;
using Quartier.Contracts.Registry;

namespace Grains.Tests;

/// <summary>Whoever a new registry concerns is told of it, however many they are and whatever happens meanwhile.</summary>
public sealed class AnnouncementTests
{
    private const int Many = 20_000;
    private const int MostWaitedFor = 4_096;

    [Fact]
    public void Who_applies_a_registry_that_changes_20000_sensors_does_not_wait_for_all_of_them()
    {
        var yaml = CityYaml.Of([.. Enumerable.Range(0, Many).Select(i => $"s{i}")]);
        using var host = new CityHost();
        Apply(host, yaml);
        host.Awaken();
        int[] hot = [0, 1, MostWaitedFor, Many / 2, Many - 1];
        foreach (var i in hot)
        {
            host.Ingest($"g/s{i}", Town.Sample(0, 90));
        }

        var before = host.Store.Registrations;
        var result = Apply(host, CityYaml.Milder(yaml));
        Assert.Equal((2L, true, Many), (result.Version, result.Applied, result.Changes.Length));
        Assert.InRange(host.Store.Registrations - before, MostWaitedFor / 2, Many / 2);
        host.Driver.RunUntilIdle();
        Assert.Equal(Many, host.Store.Registrations - before);
        Assert.All(host.Recorded(), a => Assert.Equal(AlertState.Resolved, a.State));
        Assert.Equal(hot.Length, host.Recorded().Count);
    }

    [Fact]
    public void Only_those_whom_a_change_concerns_are_told()
    {
        using var host = new CityHost();
        Apply(host, CityYaml.Of("s", "t", "u"));
        host.Awaken();
        host.Ingest("g/s", Town.Sample(0, 1));
        host.Ingest("g/t", Town.Sample(0, 1));
        var (before, writes) = (host.Store.Registrations, host.States.Writes);
        Apply(host, CityYaml.Of("s", "t", "u").Replace("id: t, gateway: g, district: mitte, name: Sensor", "id: t, gateway: g, district: mitte, name: Other", StringComparison.Ordinal));
        host.Driver.RunUntilIdle();
        Assert.Equal(1, host.Store.Registrations - before);

        // The others go on by the new version, without a write and without reading anything again.
        host.Ingest("g/s", Town.Sample(1, 2));
        host.Ingest("g/u", Town.Sample(1, 2));
        Assert.Equal(1, host.Store.Registrations - before);
        Assert.Equal((2L, 2L), (host.Run(() => host.Sensor("g/s").GetState()).RegistryVersion, host.Run(() => host.Sensor("g/u").GetState()).RegistryVersion));
        Assert.Equal((2L, 1L), (host.Books("g/s").Stored, host.Books("g/u").Stored));
        Assert.Equal(3, host.States.Writes - writes);
    }

    [Fact]
    public void Whoever_could_not_be_told_is_told_again()
    {
        using var host = new CityHost();
        Apply(host, CityYaml.Of("s"));
        host.Ingest(Town.Sample(0, 90));
        (host.States.FailNext, host.States.FailOnly) = (2, "sensor");
        Apply(host, CityYaml.Milder(CityYaml.Of("s")));
        host.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(1, Version(host));
        host.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(2, Version(host));
        Assert.Equal(AlertState.Resolved, Assert.Single(host.Recorded()).State);
    }

    [Fact]
    public void Whoever_was_not_told_before_the_process_died_is_told_after_the_next_start()
    {
        using var host = new CityHost();
        Apply(host, CityYaml.Of("s", "t"));
        host.Ingest(Town.Sample(0, 90));
        host.Store.Hold();
        var applying = host.City().Apply(CityYaml.Milder(CityYaml.Of("s", "t")), dryRun: false);
        host.Driver.RunUntilIdle();
        Assert.False(applying.IsCompleted);
        Assert.Equal(2, host.Registry.Find("town")!.Version);
        host.Crash(awaken: false);
        host.Store.Release();
        var before = host.Store.Registrations;

        // Any call wakes the city, and nobody calls the sensors.
        host.Run(() => host.City().GetRefusals());
        host.Driver.RunUntilIdle();
        Assert.Equal(2, host.Store.Registrations - before);
        host.Crash(awaken: false);
        before = host.Store.Registrations;
        host.Run(() => host.City().GetRefusals());
        host.Driver.RunUntilIdle();
        Assert.Equal(0, host.Store.Registrations - before);
    }

    [Fact]
    public void A_registry_of_which_nobody_could_be_told_for_sure_does_not_come_into_force()
    {
        using var host = new CityHost();
        Apply(host, CityYaml.Of("s"));
        (host.States.FailNext, host.States.FailOnly) = (1, "announcements");
        Assert.ThrowsAny<Exception>(() => Apply(host, CityYaml.Milder(CityYaml.Of("s"))));
        Assert.Equal((1L, 1), (host.Registry.Find("town")!.Version, host.Registry.Documents.Count));
        Assert.Equal((2L, true), Short(Apply(host, CityYaml.Milder(CityYaml.Of("s")))));
    }

    [Fact]
    public void A_second_registry_reaches_those_who_still_wait_for_the_first()
    {
        var yaml = CityYaml.Of([.. Enumerable.Range(0, 5_000).Select(i => $"s{i}")]);
        using var host = new CityHost();
        Apply(host, yaml);
        host.Awaken();
        host.Ingest("g/s4999", Town.Sample(0, 99));
        Apply(host, CityYaml.Milder(yaml));
        var third = CityYaml.Milder(yaml).Replace("above: 95", "above: 97", StringComparison.Ordinal).Replace("version: 2", "version: 3", StringComparison.Ordinal);
        Apply(host, third);
        host.Driver.RunUntilIdle();
        Assert.Equal(3, host.Run(() => host.Sensor("g/s4999").GetState()).RegistryVersion);
        Assert.Equal(3, host.Run(() => host.Sensor("g/s0").GetState()).RegistryVersion);
    }

    [Fact]
    public void An_alert_that_nobody_is_left_to_end_is_ended_by_its_district_after_a_crash()
    {
        using var host = new CityHost();
        Apply(host, CityYaml.Of("s", "t", "u"));
        host.Ingest("g/s", Town.Sample(0, 90));
        host.Ingest("g/t", Town.Sample(0, 90));
        host.Run(() => host.District().Acknowledge(host.Alerts.All.Single(a => a.Subject == "sensor/g/s").Id, "anna"));

        // In force, and the process dies before anybody has been told.
        var next = Quartier.Domain.Registry.RegistryFile.Read(CityYaml.Of("t", "u")).City!;
        host.Registry.Publish(new(next, 2));
        host.Crash();
        Assert.Equal(1, host.Recorded().Count(a => a.State == AlertState.Resolved));
        Assert.Equal(1, host.Run(() => host.District().GetState()).RaisedAlerts);
        Assert.Equal("sensor/g/s", Assert.Single(host.Recorded(), a => a.State == AlertState.Resolved).Subject);
    }

    private static long Version(CityHost host, string sensor = "g/s") => host.Run(() => host.Sensor(sensor).GetState()).RegistryVersion;

    private static (long Version, bool Applied) Short(ApplyResult result) => (result.Version, result.Applied);

    private static ApplyResult Apply(CityHost host, string yaml)
    {
        var result = host.Run(() => host.City().Apply(yaml, dryRun: false));
        Assert.Empty(result.Problems);
        return result;
    }
}
