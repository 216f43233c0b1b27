using Api.Tests.Fakes;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;

namespace Api.Tests;

public sealed class CityTests
{
    private const long Noon = 1_782_907_200_000; // 2026-07-01T12:00:00Z

    [Fact]
    public async Task Cities_are_listed_with_what_they_hold()
    {
        await using var host = await ApiHost.StartAsync();
        Same.Json(
            """[{"id":"muenster","name":"Münster","clock":"replay","version":7,"districts":2,"sensors":2,"assets":1}]""",
            await host.GetAsync("/api/cities"));
    }

    [Fact]
    public async Task City_says_what_a_page_needs_to_show_it()
    {
        await using var host = await ApiHost.StartAsync(h => h.District("hafen").State = State(Noon));
        Same.Json(
            """
            {"id":"muenster","name":"Münster","timeZone":"Europe/Berlin","clock":"replay","version":7,"now":"2026-07-01T12:00:00.000Z",
             "attributions":["Stadt Münster (dl-de/by-2-0)"],
             "offices":[{"id":"mobilitaet","name":"Amt für Mobilität","contact":"mobilitaet@example.org"}],
             "assetTypes":[{"id":"car-park","name":{"de":"Parkhaus","en":"Car park"},"headline":"occupancy",
               "values":[{"name":"free","label":{"de":"free","en":"free"},"unit":"{space}"},
                         {"name":"state","label":{"de":"state","en":"state"},"unit":"1"},
                         {"name":"occupied","label":{"de":"belegt","en":"occupied"},"unit":"{space}"},
                         {"name":"occupancy","label":{"de":"Auslastung","en":"occupancy"},"unit":"%"}],
               "statuses":[{"id":"closed","text":{"de":"geschlossen","en":"closed"}},{"id":"open","text":{"de":"offen","en":"open"}}]}]}
            """,
            await host.GetAsync("/api/cities/muenster"));
    }

    [Fact]
    public async Task City_has_no_now_before_its_replay_begins()
    {
        await using var host = await ApiHost.StartAsync();
        Assert.Null((await host.GetAsync("/api/cities/muenster"))!["now"]);
    }

    [Fact]
    public async Task Outlines_are_geojson_with_a_tag_that_spares_the_second_answer()
    {
        await using var host = await ApiHost.StartAsync();
        using var first = await host.Client.GetAsync("/api/cities/muenster/outlines", TestContext.Current.CancellationToken);
        Assert.Equal("application/geo+json", first.Content.Headers.ContentType?.MediaType);
        Same.Json(
            """
            {"type":"FeatureCollection","features":[
              {"type":"Feature","id":"mitte","properties":{"id":"mitte","name":"Mitte","schematic":true},
               "geometry":{"type":"Polygon","coordinates":[[[7.6,51.95],[7.65,51.95],[7.65,51.98],[7.6,51.95]]]}},
              {"type":"Feature","id":"hafen","properties":{"id":"hafen","name":"Hafen","schematic":false},"geometry":null}]}
            """,
            System.Text.Json.Nodes.JsonNode.Parse(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));

        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/cities/muenster/outlines");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await host.Client.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(304, (int)second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task District_shows_coverage_alerts_and_live_aggregates()
    {
        await using var host = await ApiHost.StartAsync(h => h.District("mitte").State = State(Noon));
        Same.Json(
            """
            {"id":"mitte","name":"Mitte","office":"mobilitaet","retentionDays":3650,"now":"2026-07-01T12:00:00.000Z",
             "coverage":{"expected":1,"reporting":0,"silent":["promenade/zaehler"]},"alerts":{"raised":2,"acknowledged":1},
             "live":[
               {"property":"total","start":"2026-07-01T11:00:00.000Z","end":"2026-07-01T12:00:00.000Z",
                "count":4,"sum":10,"min":1,"max":4,"mean":2.5,"withheld":null},
               {"property":"battery","start":"2026-07-01T11:00:00.000Z","end":"2026-07-01T12:00:00.000Z",
                "count":4,"sum":10,"min":1,"max":4,"mean":2.5,"withheld":null}],
             "sensors":["promenade/zaehler"],"assets":[]}
            """,
            await host.GetAsync("/api/cities/muenster/districts/mitte"));
    }

    [Fact]
    public async Task Districts_withhold_from_the_public_what_is_not_public()
    {
        await using var host = await ApiHost.StartAsync(h => h.District("mitte").State = State(Noon));
        var districts = await host.GetAsync("/api/cities/muenster/districts?as=public");
        var live = districts![0]!["live"]!;
        Assert.Equal(10, live[0]!["sum"]!.GetValue<double>());
        Same.Json(
            """
            {"property":"battery","start":"2026-07-01T11:00:00.000Z","end":"2026-07-01T12:00:00.000Z",
             "count":null,"sum":null,"min":null,"max":null,"mean":null,"withheld":"battery is not public"}
            """,
            live[1]);
    }

    [Fact]
    public async Task Districts_count_for_the_public_the_alerts_that_it_may_know_of()
    {
        await using var host = await ApiHost.StartAsync(h =>
        {
            h.District("mitte").State = State(Noon);
            h.District("mitte").Alerts.Add(SampleCity.Alert("aa", "mitte", Noon));
            h.District("mitte").Alerts.Add(AlertTests.OfBattery("bb"));
            h.District("mitte").Alerts.Add(AlertTests.OfBattery("cc") with { State = AlertState.Acknowledged });
        });
        var open = (await host.GetAsync("/api/cities/muenster/districts/mitte?as=public"))!;
        Same.Json("""{"raised":1,"acknowledged":0}""", open["alerts"]);
        Same.Json("""{"raised":2,"acknowledged":1}""", (await host.GetAsync("/api/cities/muenster/districts/mitte"))!["alerts"]);
    }

    [Fact]
    public async Task Silence_of_a_sensor_is_told_to_whoever_may_read_all_of_it_or_looks_after_the_devices()
    {
        await using var host = await ApiHost.StartAsync(h => h.District("mitte").State = State(Noon) with { Silent = ["promenade/zaehler", "gone/gone"] });
        const string path = "/api/cities/muenster/districts/mitte";
        Same.Json("""{"expected":1,"reporting":1,"silent":[]}""", (await host.GetAsync(path + "?as=public"))!["coverage"]);
        Same.Json("""{"expected":1,"reporting":0,"silent":["promenade/zaehler","gone/gone"]}""", (await host.GetAsync(path))!["coverage"]);
        host.Policies.Set(SamplePolicy.Open.With(SamplePolicy.Grant("a", "public", "values", "operation")).With(SamplePolicy.Grant("b", "public", "devices", "operation")));
        Same.Json("""{"expected":1,"reporting":0,"silent":["promenade/zaehler"]}""", (await host.GetAsync(path + "?as=public&purpose=operation"))!["coverage"]);
    }

    [Fact]
    public async Task Districts_count_alerts_for_the_public_without_reading_any_however_many_are_open()
    {
        await using var host = await ApiHost.StartAsync(h =>
        {
            h.District("mitte").State = State(Noon);
            h.District("mitte").Alerts.AddRange(Enumerable.Range(0, 1_500).Select(i => SampleCity.Alert($"a{i}", "mitte", Noon + i)));
            h.District("mitte").Alerts.Add(AlertTests.OfBattery("hidden"));
        });
        Same.Json("""{"raised":1500,"acknowledged":0}""", (await host.GetAsync("/api/cities/muenster/districts/mitte?as=public"))!["alerts"]);
        Assert.Equal(0, host.District("mitte").Listed);
    }

    private static DistrictState State(long now)
    {
        var row = new AggregateRow(now - 3_600_000, now, 4, 10, 1, 4, now - 3_600_000, now - 900_000, 4, 0);
        return new(now, 1, 0, ["promenade/zaehler"], 2, 1, [new("total", row), new("battery", row)], 3650);
    }
}
