using System.Collections.Immutable;
using Api.Tests.Fakes;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Readings;

namespace Api.Tests;

public sealed class AssetTests
{
    private const long Noon = 1_782_907_200_000;

    [Fact]
    public async Task Asset_shows_inputs_computed_values_and_its_sensors()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        Same.Json(
            """
            {"id":"parkhaus-theater","type":"car-park","name":"Parkhaus Theater","district":"hafen","office":"mobilitaet","location":[7.62,51.96],
             "attributes":{"capacity":743},"time":"2026-07-01T12:00:00.000Z","status":"open","stale":false,
             "values":{"free":{"time":"2026-07-01T12:00:00.000Z","value":43,"unit":"{space}","quality":[]},
                       "occupancy":{"time":null,"value":null,"unit":"%","quality":[]},
                       "occupied":{"time":"2026-07-01T12:00:00.000Z","value":700,"unit":"{space}","quality":["late"]},
                       "state":{"time":"2026-07-01T11:45:00.000Z","value":0,"unit":"1","quality":[]}},
             "withheld":null,"sensors":["parkleitsystem/theater"]}
            """,
            await host.GetAsync("/api/cities/muenster/assets/parkhaus-theater"));
    }

    [Fact]
    public async Task Public_sees_only_values_whose_sources_are_all_public()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        var asset = (await host.GetAsync("/api/cities/muenster/assets?as=public&district=hafen"))![0]!;
        Assert.Equal(700, asset["values"]!["occupied"]!["value"]!.GetValue<double>());
        Assert.Null(asset["values"]!["state"]!["value"]);
        Assert.Null(asset["status"]);
        Assert.Equal("state is not public", asset["withheld"]!.GetValue<string>());
    }

    [Fact]
    public async Task Assets_of_another_district_are_left_out()
    {
        await using var host = await ApiHost.StartAsync(Arrange);
        Same.Json("[]", await host.GetAsync("/api/cities/muenster/assets?district=mitte"));
    }

    [Fact]
    public async Task Longer_list_names_its_next_page_in_a_link()
    {
        await using var host = await ApiHost.StartAsync(h =>
        {
            var asset = SampleCity.Definition.Assets[0];
            h.Registry.Publish(new(SampleCity.Definition with { Assets = [asset with { Id = "b" }, asset with { Id = "a" }] }, 8));
        });
        using var first = await host.Client.GetAsync("/api/cities/muenster/assets?limit=1&as=public", TestContext.Current.CancellationToken);
        Assert.Equal("</api/cities/muenster/assets?limit=1&as=public&after=a>; rel=\"next\"", first.Headers.GetValues("Link").Single());
        using var last = await host.Client.GetAsync("/api/cities/muenster/assets?limit=1&after=a", TestContext.Current.CancellationToken);
        Assert.False(last.Headers.Contains("Link"));
        Assert.Contains("\"id\":\"b\"", await last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static void Arrange(ApiHost host)
    {
        host.District("hafen").State = host.District("hafen").State with { NowMs = Noon };
        host.Asset("parkhaus-theater").State = new(Noon, "open", ImmutableSortedDictionary<string, AssetValue>.Empty
            .Add("free", new(Noon, 43, Quality.Good))
            .Add("state", new(Noon - 900_000, 0, Quality.Good))
            .Add("occupied", new(Noon, 700, Quality.Late)));
    }
}
