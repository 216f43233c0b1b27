using Api.Tests.Fakes;
using Quartier.Contracts.Readings;

namespace Api.Tests;

public sealed class ReadingTests
{
    private const long Quarter = 900_000;
    private const long Noon = 1_782_907_200_000; // 2026-07-01T12:00:00Z
    private const string Total = "/api/cities/muenster/sensors/promenade/zaehler/total";
    private const string Battery = "/api/cities/muenster/sensors/promenade/zaehler/battery";

    [Fact]
    public async Task Latest_is_the_live_value()
    {
        await using var host = await ApiHost.StartAsync(h => h.Put("promenade", "zaehler", 0, new Reading(Noon, 12.5, Quality.OutOfRange)));
        Same.Json(
            """{"time":"2026-07-01T12:00:00.000Z","value":12.5,"unit":"{bicycle}","quality":["out-of-range"]}""",
            await host.GetAsync(Total + "/latest"));
    }

    [Fact]
    public async Task Latest_is_not_found_before_the_first_reading()
    {
        await using var host = await ApiHost.StartAsync();
        var problem = await host.GetAsync(Total + "/latest", 404);
        Assert.Equal("urn:quartier:problem:no-reading", problem!["type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/latest")]
    [InlineData("/readings")]
    [InlineData("/aggregates")]
    public async Task Public_is_refused_values_that_are_not_public(string what)
    {
        await using var host = await ApiHost.StartAsync(h => h.Put("promenade", "zaehler", 1, new Reading(Noon, 80, Quality.Good)));
        var problem = await host.GetAsync(Battery + what + "?as=public", 403);
        Assert.Equal("battery is not public", problem!["detail"]!.GetValue<string>());
        await host.GetAsync(Battery + what);
    }

    [Fact]
    public async Task Readings_come_in_pages_that_continue_where_the_last_ended()
    {
        await using var host = await ApiHost.StartAsync(h => h.Put("promenade", "zaehler", 0, Series(5)));
        var first = await host.GetAsync(Total + "/readings?from=2026-07-01T12:00:00Z&to=2026-07-02T00:00:00Z&limit=3");
        Assert.Equal(3, first!["items"]!.AsArray().Count);
        Assert.Equal("{bicycle}", first["unit"]!.GetValue<string>());
        Same.Json("""{"time":"2026-07-01T12:00:00.000Z","value":0,"quality":[]}""", first["items"]![0]);
        var next = first["next"]!.GetValue<string>();
        Assert.Equal("2026-07-01T12:45:00.000Z", next);
        var second = await host.GetAsync($"{Total}/readings?from={next}&to=2026-07-02T00:00:00Z&limit=3");
        Assert.Equal(2, second!["items"]!.AsArray().Count);
        Assert.Null(second["next"]);
    }

    [Fact]
    public async Task Readings_without_a_range_are_those_of_the_day_up_to_the_newest()
    {
        await using var host = await ApiHost.StartAsync(h => h.Put("promenade", "zaehler", 0, Series(100)));
        var page = await host.GetAsync(Total + "/readings");
        Assert.Equal(96, page!["items"]!.AsArray().Count);
        Assert.Equal("2026-07-02T12:45:00.000Z", page["items"]![95]!["time"]!.GetValue<string>());
    }

    [Fact]
    public async Task Readings_of_an_empty_datastream_are_none()
    {
        await using var host = await ApiHost.StartAsync();
        Same.Json("""{"unit":"{bicycle}","items":[],"next":null}""", await host.GetAsync(Total + "/readings"));
        Same.Json("""{"unit":"{bicycle}","items":[],"next":null}""", await host.GetAsync(Total + "/aggregates"));
    }

    [Fact]
    public async Task Derived_quality_is_the_same_on_whichever_page_a_reading_stands()
    {
        // Stuck for more than 6 h, then a step after a gap, then a predecessor far away.
        Reading[] history =
        [
            .. Enumerable.Range(0, 30).Select(i => new Reading(Noon + (i * Quarter), 5, Quality.Good)),
            new(Noon + (40 * Quarter), 1900, Quality.OutOfRange),
            new(Noon + (41 * Quarter), 1900, Quality.Good),
            new(Noon + (10_000 * Quarter), 1900, Quality.Good),
        ];
        await using var host = await ApiHost.StartAsync(h => h.Put("promenade", "zaehler", 0, history));
        var range = "from=2026-07-01T12:00:00Z&to=2027-01-01T00:00:00Z";
        var whole = (await host.GetAsync($"{Total}/readings?{range}"))!["items"]!.AsArray();
        Assert.Equal(history.Length, whole.Count);
        Same.Json("""["stuck"]""", whole[25]!["quality"]);
        Same.Json("""["out-of-range","step","gap"]""", whole[30]!["quality"]);
        Same.Json("""["gap"]""", whole[32]!["quality"]);
        for (var i = 0; i < whole.Count; i++)
        {
            var from = whole[i]!["time"]!.GetValue<string>();
            var page = await host.GetAsync($"{Total}/readings?from={from}&limit=1");
            Same.Json(whole[i]!.ToJsonString(), page!["items"]![0]);
        }
    }

    [Fact]
    public async Task Hours_are_whole_even_when_the_range_cuts_them()
    {
        await using var host = await ApiHost.StartAsync(h => h.Put("promenade", "zaehler", 0, Series(8)));
        var list = await host.GetAsync(Total + "/aggregates?from=2026-07-01T12:50:00Z&to=2026-07-01T12:55:00Z&window=PT1H");
        Same.Json(
            """
            {"unit":"{bicycle}","items":[
              {"start":"2026-07-01T12:00:00.000Z","end":"2026-07-01T13:00:00.000Z","count":4,"sum":6,"min":0,"max":3,"mean":1.5,"last":3,"flagged":0}],"next":null}
            """,
            list);
    }

    [Theory]
    [InlineData("2026-03-29T12:00:00Z", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z", 92)] // clocks go forward: 23 h
    [InlineData("2026-10-25T12:00:00Z", "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z", 100)] // clocks go back: 25 h
    [InlineData("2026-07-01T12:00:00Z", "2026-06-30T22:00:00.000Z", "2026-07-01T22:00:00.000Z", 96)]
    public async Task Days_are_those_of_the_citys_zone(string noon, string start, string end, int quarters)
    {
        var first = DateTimeOffset.Parse(noon, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() - (200 * Quarter);
        await using var host = await ApiHost.StartAsync(h => h.Put("promenade", "zaehler", 0, Series(400, first)));
        var list = await host.GetAsync($"{Total}/aggregates?from={noon}&to={noon[..10]}T12:00:01Z&window=P1D");
        var day = Assert.Single(list!["items"]!.AsArray())!;
        Assert.Equal(start, day["start"]!.GetValue<string>());
        Assert.Equal(end, day["end"]!.GetValue<string>());
        Assert.Equal(quarters, day["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Days_over_a_change_of_clocks_touch_and_lose_nothing()
    {
        var first = new DateTimeOffset(2026, 3, 20, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        await using var host = await ApiHost.StartAsync(h => h.Put("promenade", "zaehler", 0, Series(96 * 20, first)));
        var days = (await host.GetAsync($"{Total}/aggregates?from=2026-03-20T00:00:00Z&window=P1D"))!["items"]!.AsArray();
        Assert.Equal(96 * 20, days.Sum(d => d!["count"]!.GetValue<int>()));
        Assert.All(days.Zip(days.Skip(1)), p => Assert.Equal(p.First!["end"]!.GetValue<string>(), p.Second!["start"]!.GetValue<string>()));
        Assert.Equal("2026-03-19T23:00:00.000Z", days[0]!["start"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("PT15M", "2026-01-01T00:00:00Z", "2026-04-15T04:00:00Z", 200)]
    [InlineData("PT15M", "2026-01-01T00:00:00Z", "2026-04-15T04:00:01Z", 400)]
    [InlineData("PT1H", "2000-01-01T00:00:00Z", "2200-01-01T00:00:00Z", 400)]
    [InlineData("P1D", "2000-01-01T00:00:00Z", "2027-05-18T00:00:00Z", 200)]
    [InlineData("P1D", "2000-01-01T00:00:00Z", "2027-06-01T00:00:00Z", 400)]
    public async Task Windows_are_limited_to_ten_thousand(string window, string from, string to, int status)
    {
        await using var host = await ApiHost.StartAsync(h => h.Put("promenade", "zaehler", 0, Series(1)));
        var answer = await host.GetAsync($"{Total}/aggregates?from={from}&to={to}&window={window}", status);
        if (status == 400)
        {
            Assert.Contains("10,000", answer!["detail"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=10001", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("from=2026-07-01", "from")]
    [InlineData("from=2026-07-01T00:00:00", "from")]
    [InlineData("from=2026-13-01T00:00:00Z", "from")]
    [InlineData("to=1999-12-31T23:59:59Z", "to")]
    [InlineData("from=2026-07-02T00:00:00Z&to=2026-07-01T00:00:00Z", "from")]
    [InlineData("window=PT1H", "window")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("as=nobody", "as")]
    public async Task Unusable_parameter_is_named(string query, string name)
    {
        await using var host = await ApiHost.StartAsync(h => h.Put("promenade", "zaehler", 0, Series(1)));
        var problem = await host.GetAsync($"{Total}/readings?{query}", 400);
        Assert.Contains($"'{name}'", problem!["detail"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("2026-07-01T14:15:00+02:00")]
    [InlineData("2026-07-01T14:15:00%2B02:00")]
    [InlineData("2026-07-01T12:15:00Z")]
    [InlineData("2026-07-01T12:15Z")]
    public async Task Times_may_have_any_offset(string from)
    {
        await using var host = await ApiHost.StartAsync(h => h.Put("promenade", "zaehler", 0, Series(3)));
        var page = await host.GetAsync($"{Total}/readings?from={from}");
        Assert.Equal("2026-07-01T12:15:00.000Z", page!["items"]![0]!["time"]!.GetValue<string>());
    }

    [Fact]
    public async Task Store_that_does_not_serve_is_unavailable()
    {
        await using var host = await ApiHost.StartAsync(h =>
        {
            h.Put("promenade", "zaehler", 0, Series(1));
            h.Store.Failure = new StoreException("The store is closed. Start it again.");
        });
        var problem = await host.GetAsync(Total + "/readings", 503);
        Assert.Equal("The store is closed. Start it again.", problem!["detail"]!.GetValue<string>());
        Assert.Contains(host.Logs, l => l.Id.Id == 5001);
    }

    private static Reading[] Series(int count, long start = Noon) =>
        [.. Enumerable.Range(0, count).Select(i => new Reading(start + (i * Quarter), i, Quality.Good))];
}
