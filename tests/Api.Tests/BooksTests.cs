using System.Collections.Immutable;
using Api.Tests.Fakes;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;

namespace Api.Tests;

public sealed class BooksTests
{
    private const long Noon = 1_782_907_200_000;

    [Fact]
    public async Task Books_sum_sensors_and_what_never_reached_one()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        Same.Json(
            """
            {"received":120,"stored":98,"duplicate":4,"refused":{"bad-payload":5,"bad-value":3,"unknown-gateway":10},"balanced":true,
             "districts":[
               {"id":"mitte","received":105,"stored":93,"duplicate":4,"refused":{"bad-payload":5,"bad-value":3},"balanced":true},
               {"id":"hafen","received":5,"stored":5,"duplicate":0,"refused":{},"balanced":true}],
             "gateways":[
               {"id":"parkleitsystem","registered":true,"received":5,"stored":5,"duplicate":0,"refused":{},"balanced":true},
               {"id":"promenade","registered":true,"received":105,"stored":93,"duplicate":4,"refused":{"bad-payload":5,"bad-value":3},"balanced":true},
               {"id":"unknown","registered":false,"received":10,"stored":0,"duplicate":0,"refused":{"unknown-gateway":10},"balanced":true}],
             "strangers":[
               {"gateway":"promenade","sensor":"zaehler","reason":"bad-payload","count":5,
                "first":"2026-07-01T12:00:00.000Z","last":"2026-07-01T12:00:02.000Z","detail":"not JSON at byte 3"},
               {"gateway":"unknown","sensor":"x","reason":"unknown-gateway","count":10,
                "first":"2026-07-01T12:00:00.000Z","last":"2026-07-01T12:00:01.000Z","detail":"no such gateway"}],
             "bridges":[]}
            """,
            await host.GetAsync("/api/cities/muenster/books"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("muenster/")]
    public async Task Sensor_books_are_found_by_either_form_of_the_key(string prefix)
    {
        await using var host = await ApiHost.StartAsync(h => Arrange(h, prefix));
        Same.Json(
            """
            [{"sensor":"parkleitsystem/theater","received":5,"stored":5,"duplicate":0,"refused":{},"balanced":true},
             {"sensor":"promenade/zaehler","received":105,"stored":93,"duplicate":4,"refused":{"bad-payload":5,"bad-value":3},"balanced":true}]
            """,
            await host.GetAsync("/api/cities/muenster/books/sensors"));
        var one = await host.GetAsync("/api/cities/muenster/books/sensors?gateway=promenade");
        Assert.Equal("promenade/zaehler", Assert.Single(one!.AsArray())!["sensor"]!.GetValue<string>());
        Assert.Empty((await host.GetAsync("/api/cities/muenster/books/sensors?gateway=promenade&district=hafen"))!.AsArray());
        await host.GetAsync("/api/cities/muenster/books/sensors?gateway=promenad", 404);
    }

    [Fact]
    public async Task Books_that_do_not_balance_say_so_wherever_they_are_summed()
    {
        await using var host = await ApiHost.StartAsync(h =>
        {
            Arrange(h);
            h.District("hafen").Books = h.District("hafen").Books.SetItem("parkleitsystem/theater", new(6, 5, 0, []));
        });
        var books = (await host.GetAsync("/api/cities/muenster/books"))!;
        Assert.False(books["balanced"]!.GetValue<bool>());
        Assert.True(books["districts"]![0]!["balanced"]!.GetValue<bool>());
        Assert.False(books["districts"]![1]!["balanced"]!.GetValue<bool>());
        Assert.False(books["gateways"]![0]!["balanced"]!.GetValue<bool>());
    }

    private static void Arrange(ApiHost host) => Arrange(host, string.Empty);

    private static void Arrange(ApiHost host, string prefix)
    {
        host.District("mitte").Books = ImmutableSortedDictionary<string, SensorBooks>.Empty
            .Add(prefix + "promenade/zaehler", new(100, 93, 4, [new(RefusalReason.BadValue, 3)]));
        host.District("hafen").Books = ImmutableSortedDictionary<string, SensorBooks>.Empty
            .Add(prefix + "parkleitsystem/theater", new(5, 5, 0, []));
        host.City().Refusals =
        [
            new("unknown", "x", RefusalReason.UnknownGateway, 10, Noon, Noon + 1000, "no such gateway"),
            new("promenade", "zaehler", RefusalReason.BadPayload, 5, Noon, Noon + 2000, "not JSON at byte 3"),
        ];
    }
}
