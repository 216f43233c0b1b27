using Api.Tests.Fakes;
using Domain.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace Api.Tests;

public sealed class SensorPagingTests
{
    [Fact]
    public async Task Pages_together_are_all_sensors_in_order_and_none_twice()
    {
        await using var host = await ApiHost.StartAsync();
        var version = 7;
        var cases =
            from count in Gen.Choose(0, 40)
            from limit in Gen.Choose(1, 9)
            from district in Gen.Elements(null, "mitte", "hafen")
            select (count, limit, district);
        var property = Prop.ForAll(cases.ToArbitrary(), c =>
        {
            host.Registry.Publish(new(SampleCity.WithSensors(Enumerable.Range(0, c.count).Select(i => $"s{(i * 7) % 41}")), ++version));
            host.AddEmptyStates();
            return PagesAreWhole(host, c.limit, c.district);
        });
        await Task.Run(() => Check.One(Draws.Of(100), property), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Page_after_a_sensor_that_is_gone_continues_behind_its_place()
    {
        await using var host = await ApiHost.StartAsync(h =>
        {
            h.Registry.Publish(new(SampleCity.WithSensors(["a", "c", "d"]), 8));
            h.AddEmptyStates();
        });
        var page = await host.GetAsync("/api/cities/muenster/sensors?after=promenade/b&limit=1");
        Assert.Equal("c", page!["items"]![0]!["id"]!.GetValue<string>());
        Assert.Equal("promenade/c", page["next"]!.GetValue<string>());
    }

    private static async Task<bool> PagesAreWhole(ApiHost host, int limit, string? district)
    {
        var expected = host.Registry.Find(SampleCity.Id)!.City.Sensors
            .Where(s => district is null || s.District == district)
            .Select(s => s.Id)
            .Order(StringComparer.Ordinal);
        var filter = district is null ? string.Empty : "&district=" + district;
        var found = new List<string>();
        var after = string.Empty;
        do
        {
            var page = await host.GetAsync($"/api/cities/muenster/sensors?limit={limit}{filter}{after}");
            found.AddRange(page!["items"]!.AsArray().Select(i => i!["id"]!.GetValue<string>()));
            after = page["next"] is { } next ? "&after=" + Uri.EscapeDataString(next.GetValue<string>()) : string.Empty;
        }
        while (after.Length > 0);
        return found.SequenceEqual(expected);
    }
}
