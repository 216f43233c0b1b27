using Quartier.Contracts.Alerts;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;

namespace Grains.Tests;

public sealed class CityGrainTests
{
    [Fact]
    public void A_registry_is_applied_once_and_its_version_grows()
    {
        using var host = new CityHost();
        var first = Apply(host, CityYaml.Of("s"));
        Assert.True(first.Applied, string.Join('\n', first.Problems));
        Assert.Equal(1, first.Version);
        Assert.NotEmpty(first.Changes);
        var again = Apply(host, CityYaml.Of("s"));
        Assert.Equal((1L, false), (again.Version, again.Applied));
        Assert.Empty(again.Changes);
        var next = Apply(host, CityYaml.Of("s", "t"));
        Assert.Equal((2L, true), (next.Version, next.Applied));
        Assert.Contains("t", Assert.Single(next.Changes).ToString(), StringComparison.Ordinal);
        Assert.Equal([1L, 2L], host.Registry.Documents.Select(d => d.Version));
        Assert.Equal((2L, 2), (host.Registry.Find("town")!.Version, host.Registry.Find("town")!.City.Sensors.Length));
    }

    [Fact]
    public void A_dry_run_and_a_file_with_problems_change_nothing()
    {
        using var host = new CityHost();
        var dry = host.Run(() => host.City().Apply(CityYaml.Of("s"), dryRun: true));
        Assert.Equal((0L, false, true), (dry.Version, dry.Applied, dry.Problems.IsEmpty));
        Assert.NotEmpty(dry.Changes);
        var broken = Apply(host, CityYaml.Of("s") + "surprise: 1\n");
        Assert.Equal((0L, false), (broken.Version, broken.Applied));
        Assert.NotEmpty(broken.Problems);
        Assert.Empty(host.Registry.Documents);
        Assert.Null(host.Registry.Find("town"));
    }

    [Fact]
    public void A_file_of_another_city_is_not_taken()
    {
        using var host = new CityHost();
        var result = host.Run(() => host.City("elsewhere").Apply(CityYaml.Of("s"), dryRun: false));
        Assert.False(result.Applied);
        Assert.Contains("'town'", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
        Assert.Empty(host.Registry.Cities);
    }

    [Fact]
    public void A_registry_is_applied_although_a_sensor_takes_longer_than_calls_usually_may_and_refusals_are_told_meanwhile()
    {
        using var host = new CityHost();
        Apply(host, CityYaml.Of("s"));
        host.Ingest(Town.Sample(0, 1));
        host.Store.Hold();
        var applied = host.City().Apply(CityYaml.Milder(CityYaml.Of("s")), dryRun: false);
        host.Advance(TimeSpan.FromMinutes(15));
        Assert.False(applied.IsCompleted);
        Assert.Empty(host.Run(() => host.City().GetRefusals()).Entries);

        host.Store.Release();

        Assert.True(host.Run(() => applied).Applied);
    }

    [Fact]
    public void Whoever_is_awake_is_told_and_one_that_fails_does_not_hide_that_it_is_in_force()
    {
        using var host = new CityHost();
        Apply(host, CityYaml.Of("s", "t"));
        host.Ingest(Town.Sample(0, 90));
        host.Ingest("g/t", Town.Sample(0, 90));
        Assert.Equal(2, host.Recorded().Count(a => a.State == AlertState.Raised));
        (host.States.FailNext, host.States.FailOnly) = (1, "sensor");
        var result = Apply(host, CityYaml.Milder(CityYaml.Of("s", "t")));
        host.Driver.RunUntilIdle();
        Assert.Equal((2L, true), (result.Version, result.Applied));
        Assert.Equal(2, host.Recorded().Count(a => a.State == AlertState.Resolved));
        Assert.Equal([1L, 2L], new[] { Version(host, "g/s"), Version(host, "g/t") }.Order());
        host.Ingest(Town.Sample(1, 90));
        host.Ingest("g/t", Town.Sample(1, 90));
        Assert.Equal((2L, 2L), (Version(host, "g/s"), Version(host, "g/t")));
        Assert.Equal(2, host.Recorded().Count);
    }

    [Fact]
    public void A_report_of_refusals_is_counted_once()
    {
        using var host = new CityHost();
        Report(host, 1, Entry("a", 5, 10));
        Report(host, 1, Entry("a", 5, 10));
        Report(host, 2, Entry("a", 2, 20));
        Report(host, 1, Entry("a", 5, 10));
        var entry = Assert.Single(Refusals(host));
        Assert.Equal((7L, 10L, 20L), (entry.Count, entry.FirstMs, entry.LastMs));
        host.Run(() => host.City().ReportRefusals(new("other", 1, [Entry("a", 1, 5)])));
        Assert.Equal((8L, 5L), (Refusals(host)[0].Count, Refusals(host)[0].FirstMs));
    }

    [Fact]
    public void Refusals_survive_a_restart_and_their_numbers_too()
    {
        using var host = new CityHost(Town.City());
        Report(host, 1, Entry("a", 5, 10));
        host.Restart();
        Report(host, 1, Entry("a", 5, 10));
        Assert.Equal(5, Assert.Single(Refusals(host)).Count);
        Report(host, 2, Entry("a", 1, 11));
        host.States.FailNext = 1;
        host.Advance(TimeSpan.FromSeconds(21));
        host.Crash();
        Assert.Equal(6, Assert.Single(Refusals(host)).Count);
    }

    [Fact]
    public void Strangers_with_invented_names_fill_neither_the_memory_nor_the_state()
    {
        using var host = new CityHost();
        for (var i = 0; i < 30; i++)
        {
            var from = i * 100;
            Report(host, i + 1, [.. Enumerable.Range(from, 100).Select(n => Entry($"x{n}", 1, n))]);
        }

        var entries = Refusals(host);
        Assert.Equal(1_001, entries.Length);
        Assert.Equal(2_000, entries.Single(e => e.Gateway == "…").Count);
        Assert.Equal(3_000, entries.Sum(e => e.Count));
    }

    [Fact]
    public void A_change_of_the_registry_is_recorded_before_it_is_made()
    {
        using var host = new CityHost();
        Apply(host, CityYaml.Of("s"));
        Apply(host, CityYaml.Of("s"));
        var entry = Assert.Single(host.Ledger.Entries, e => e.Kind == LedgerEntryKind.Registry);
        Assert.Equal(LedgerContext.Itself, entry.Who);
        Assert.StartsWith("version 1, ", entry.Detail, StringComparison.Ordinal);

        host.Ledger.FailNext = 1;
        Assert.Throws<StoreException>(() => Apply(host, CityYaml.Of("s", "t")));
        Assert.Equal(1, host.Registry.Find("town")!.Version);
        Assert.Single(host.Registry.Documents);
    }

    private static long Version(CityHost host, string sensor) => host.Run(() => host.Sensor(sensor).GetState()).RegistryVersion;

    private static ApplyResult Apply(CityHost host, string yaml) => host.Run(() => host.City().Apply(yaml, dryRun: false));

    private static void Report(CityHost host, long sequence, params Refusal[] entries) =>
        host.Run(() => host.City().ReportRefusals(new("endpoint", sequence, [.. entries])));

    private static System.Collections.Immutable.ImmutableArray<Refusal> Refusals(CityHost host) => host.Run(() => host.City().GetRefusals()).Entries;

    private static Refusal Entry(string gateway, long count, long timeMs) =>
        new(gateway, "s", RefusalReason.UnknownGateway, count, timeMs, timeMs, "detail");
}
