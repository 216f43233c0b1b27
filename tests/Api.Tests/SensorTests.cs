using Api.Tests.Fakes;
using Quartier.Contracts.Districts;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;

namespace Api.Tests;

public sealed class SensorTests
{
    private const long Noon = 1_782_907_200_000;

    private const string Item =
        """
        {"gateway":"promenade","id":"zaehler","name":"Promenade","district":"mitte","office":"mobilitaet","asset":null,"location":[7.63,51.96],
         "datastreams":[
           {"property":"total","name":"Wert total","unit":"{bicycle}","class":"public","interval":"PT15M",
            "time":"2026-07-01T12:00:00.000Z","value":12,"quality":["late","gap"],"stale":false,"withheld":null},
           {"property":"battery","name":"Wert battery","unit":"%","class":"internal","interval":"PT15M",
            "time":null,"value":null,"quality":[],"stale":false,"withheld":null}]}
        """;

    [Fact]
    public async Task Sensors_are_listed_with_their_newest_readings()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        var page = await host.GetAsync("/api/cities/muenster/sensors?district=mitte");
        Same.Json($$"""{"items":[{{Item}}],"next":null}""", page);
    }

    [Fact]
    public async Task Sensor_has_definition_windows_rules_and_books()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        var sensor = (await host.GetAsync("/api/cities/muenster/sensors/promenade/zaehler"))!;
        Same.Json(
            """
            {"property":"total","name":"Wert total","unit":"{bicycle}","class":"public","interval":"PT15M",
             "time":"2026-07-01T12:00:00.000Z","value":12,"quality":["late","gap"],"stale":false,"withheld":null,
             "question":"Wie viel?","retentionDays":365,"min":0,"max":2000,"codes":[],"minute":null,
             "hour":{"start":"2026-07-01T11:00:00.000Z","end":"2026-07-01T12:00:00.000Z","count":4,"sum":10,"min":1,"max":4,"mean":2.5,"last":4,"flagged":1},
             "day":null,"late":3,"contradicted":1}
            """,
            sensor["datastreams"]![0]);
        Same.Json(
            """
            [{"id":"counter-silent","version":1,"kind":"missing","property":"total","severity":"warning",
              "sentence":{"de":"{subject}: seit {duration} keine Werte.","en":"{subject}: no values for {duration}."}}]
            """,
            sensor["rules"]);
        Same.Json(
            """{"received":10,"stored":7,"duplicate":1,"refused":{"bad-value":2},"balanced":true}""", sensor["books"]);
    }

    [Fact]
    public async Task Value_is_stale_after_one_and_a_half_intervals_by_the_districts_clock()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        const long limit = 1_350_000;
        host.District("mitte").State = host.District("mitte").State with { NowMs = Noon + limit };
        Assert.False(await StaleAsync());
        host.District("mitte").State = host.District("mitte").State with { NowMs = Noon + limit + 1 };
        Assert.True(await StaleAsync());

        async Task<bool> StaleAsync() =>
            (await host.GetAsync("/api/cities/muenster/sensors/promenade/zaehler"))!["datastreams"]![0]!["stale"]!.GetValue<bool>();
    }

    [Theory]
    [InlineData("?as=public", true)]
    [InlineData("", false)]
    [InlineData("?as=public", false)]
    public async Task Public_sees_why_values_are_withheld(string query, bool hasKey)
    {
        await using var host = await ApiHost.StartAsync(h =>
        {
            Arrange(h);
            h.Put("promenade", "zaehler", 1, new Reading(Noon, 80, Quality.Good));
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/cities/muenster/sensors/promenade/zaehler" + query);
        using var anybody = host.Anybody();
        using var response = await (hasKey ? host.Client : anybody).SendAsync(request, TestContext.Current.CancellationToken);
        var streams = System.Text.Json.Nodes.JsonNode.Parse(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["datastreams"]!;
        Assert.Equal(12, streams[0]!["value"]!.GetValue<double>());
        Assert.Null(streams[0]!["withheld"]);
        Assert.Null(streams[1]!["value"]);
        Assert.Null(streams[1]!["time"]);
        Assert.Equal("battery is not public", streams[1]!["withheld"]!.GetValue<string>());
    }

    [Fact]
    public async Task Sensor_that_has_not_taken_up_the_registry_is_refreshed_first()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        await host.StartedAsync(); // A sensor that lags is refreshed by what catches up after a start as well.
        host.Sensor("promenade", "zaehler").StaleVersion = 6;
        var sensor = await host.GetAsync("/api/cities/muenster/sensors/promenade/zaehler");
        Assert.Equal(12, sensor!["datastreams"]![0]!["value"]!.GetValue<double>());
        Assert.Equal(1, host.Sensor("promenade", "zaehler").Refreshes);
    }

    [Fact]
    public async Task Sensor_ahead_of_the_registry_shows_no_value_of_another_datastream()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        host.Sensor("promenade", "zaehler").StaleVersion = 8;
        var sensor = await host.GetAsync("/api/cities/muenster/sensors/promenade/zaehler");
        Assert.Null(sensor!["datastreams"]![0]!["value"]);
        await host.GetAsync("/api/cities/muenster/sensors/promenade/zaehler/total/latest", 503);
    }

    [Fact]
    public async Task District_is_asked_for_every_datastream_shown_and_once_for_each()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        await host.GetAsync("/api/cities/muenster/sensors/promenade/zaehler");
        Assert.Equal(2, host.District("mitte").Asked);
        await host.GetAsync("/api/cities/muenster/sensors/promenade/zaehler");
        Assert.Equal(4, host.District("mitte").Asked);
    }

    private static void Arrange(ApiHost host)
    {
        host.District("mitte").State = new DistrictState(Noon, 1, 1, [], 0, 0, [], 3650);
        host.Put("promenade", "zaehler", 0, new Reading(Noon, 12, Quality.Late | Quality.Gap));
        var grain = host.Sensor("promenade", "zaehler");
        var hour = new AggregateRow(Noon - 3_600_000, Noon, 4, 10, 1, 4, Noon - 3_600_000, Noon - 1, 4, 1);
        grain.Datastreams = grain.Datastreams.SetItem(0, grain.Datastreams[0] with { Hour = hour, Late = 3, Contradicted = 1 });
        grain.Books = new SensorBooks(10, 7, 1, [new(RefusalReason.BadValue, 2)]);
    }
}
