using Grains.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Quartier.Contracts.Cities;
using Quartier.Contracts.Readings;
using Quartier.Silo.Ingest;

namespace Grains.Tests.Ingest;

public sealed class RefusalTests
{
    [Fact]
    public void Refusals_of_one_kind_are_counted_together()
    {
        using var host = new CityHost(Town.City());
        var collector = new RefusalCollector(host.Registry, host.Driver.Clock);
        collector.Add("town", "g", "s", RefusalReason.BadPayload, 2, "first");
        host.Advance(TimeSpan.FromSeconds(5));
        collector.Add("town", "g", "s", RefusalReason.BadPayload, 3, "second");
        collector.Add("town", "g", "s", RefusalReason.BadValue, 1, "other");
        var entries = collector.Take()["town"].OrderBy(e => e.Reason).ToList();
        Assert.Equal(new Refusal("g", "s", RefusalReason.BadPayload, 5, Town.T0, Town.T0 + 5_000, "second"), entries[0]);
        Assert.Equal(2, entries.Count);
        Assert.Empty(collector.Take());
    }

    [Fact]
    public void What_belongs_to_no_city_goes_to_the_first_and_waits_while_there_is_none()
    {
        var registry = new MemoryRegistry();
        var collector = new RefusalCollector(registry, TimeProvider.System);
        collector.Add("nowhere", "g", "s", RefusalReason.UnknownCity, 1, "x");
        Assert.Empty(collector.Take());
        registry.Publish(new(Town.City(), 1));
        Assert.Equal(RefusalReason.UnknownCity, Assert.Single(collector.Take()["town"]).Reason);
    }

    [Fact]
    public void Invented_names_fill_no_memory_and_lose_no_count()
    {
        using var host = new CityHost(Town.City());
        var collector = new RefusalCollector(host.Registry, host.Driver.Clock);
        for (var i = 0; i < 5_000; i++)
        {
            collector.Add("town", $"{i}{new string('x', 100)}", new string('y', 100), RefusalReason.UnknownGateway, 1, new string('z', 1_000));
        }

        var entries = collector.Take()["town"];
        Assert.Equal((1_001, 5_000L), (entries.Length, entries.Sum(e => e.Count)));
        Assert.All(entries, e => Assert.True(e.Gateway.Length <= 64 && e.Sensor.Length <= 64 && e.Detail.Length <= 200));
    }

    [Fact]
    public async Task A_report_that_fails_is_sent_again_and_later_ones_join()
    {
        using var host = new CityHost(Town.City());
        var collector = new RefusalCollector(host.Registry, host.Driver.Clock);
        var grains = FailingFactory.New();
        using var reporting = new RefusalReporting(collector, (IGrainFactory)(object)grains, host.Driver.Clock, NullLogger<RefusalReporting>.Instance);
        for (var i = 0; i < 20; i++)
        {
            for (var source = 0; source < 900; source++)
            {
                collector.Add("town", $"{i}-{source}", "s", RefusalReason.UnknownGateway, 1, "x");
            }

            collector.Add("town", "same", "s", RefusalReason.UnknownGateway, 1, "x");
            await reporting.ReportAsync();
        }

        Assert.Equal(20, grains.Failed);
        grains.City = new();
        await reporting.ReportAsync();
        Assert.Equal([1L, 2L], grains.City.Reports.Select(r => r.Sequence));
        Assert.Equal(901, grains.City.Reports[0].Entries.Length);
        Assert.True(grains.City.Reports[1].Entries.Length <= 1_001);
        Assert.Equal(20 * 901, grains.City.Reports.Sum(r => r.Entries.Sum(e => e.Count)));
        Assert.Equal(19, grains.City.Reports[1].Entries.Single(e => e.Gateway == "same").Count);
        await reporting.ReportAsync();
        Assert.Equal(2, grains.City.Reports.Count);
    }
}
