using System.Globalization;

namespace SensorThings.Tests;

/// <summary>Observations of what may be read as single readings (OGC 18-088, 8.2.6, 9.3, 12).</summary>
public sealed class ObservationTests(StaCity city)
{
    [Fact]
    public async Task Observations_come_in_order_of_time_with_all_their_parts()
    {
        var id = await city.Public.StreamAsync("rad-1/total");
        var all = await city.Public.ValuesAsync($"Datastreams({id})/Observations");
        Assert.Equal(Enumerable.Range(0, CityReadings.MiddleCounts).Select(CityReadings.Count), all.Select(Result));
        var first = all[0];
        Assert.Equal(
            ["@iot.selfLink", "@iot.id", "phenomenonTime", "result", "resultTime", "resultQuality", "Datastream@iot.navigationLink", "FeatureOfInterest@iot.navigationLink"],
            first.AsObject().Select(p => p.Key));
        Assert.Equal("2026-07-01T00:00:00.000Z", first["phenomenonTime"]!.GetValue<string>());
        Assert.Equal("[]", first["resultQuality"]!.ToJsonString());
        Assert.Equal(first.ToJsonString(), (await city.Public.JsonAsync(first["@iot.selfLink"]!.GetValue<string>())).ToJsonString());
        Assert.InRange(first.Id(), 1, 1L << 53);
    }

    [Fact]
    public async Task Observation_leads_on_to_where_it_comes_from()
    {
        var id = await city.Public.StreamAsync("rad-1/total");
        var one = (await city.Public.ValuesAsync($"Datastreams({id})/Observations?$top=1")).Single().Id();
        Assert.Equal(id, (await city.Public.JsonAsync($"Observations({one})/Datastream")).Id());
        Assert.Equal("Zählstelle Allee", (await city.Public.JsonAsync($"Observations({one})/Datastream/Thing")).Name());
        Assert.Equal("Zählstelle Allee", (await city.Public.JsonAsync($"Observations({one})/FeatureOfInterest")).Name());
        Assert.Equal("""{"result":0}""", (await city.Public.JsonAsync($"Observations({one})/result")).ToJsonString());
        Assert.Equal("0", (await city.Public.TextAsync($"Observations({one})/result/$value")).Text);
        var expanded = await city.Public.JsonAsync($"Observations({one})?$expand=Datastream($expand=Thing),FeatureOfInterest&$select=result");
        Assert.Equal(["result", "Datastream", "FeatureOfInterest"], expanded.AsObject().Select(p => p.Key));
        Assert.Equal("Zählstelle Allee", expanded["Datastream"]!["Thing"]!.Name());
    }

    [Theory]
    [InlineData("$filter=result gt 40", 5)]
    [InlineData("$filter=result ge 42 and result lt 49", 3)]
    [InlineData("$filter=result mod 2 eq 0", 11)]
    [InlineData("$filter=phenomenonTime lt 2026-07-01T01:00:00Z", 4)]
    [InlineData("$filter=phenomenonTime ge 2026-07-01T01:00:00.000Z and phenomenonTime lt 2026-07-01T02:00:00.000Z", 4)]
    [InlineData("$filter=phenomenonTime ge 2026-07-01T03:00:00%2B02:00 and phenomenonTime le 2026-07-01T04:00:00%2B02:00", 5)]
    [InlineData("$filter=resultTime gt 2026-07-01T04:59:00Z", 2)]
    [InlineData("$filter=minute(phenomenonTime) eq 15", 6)]
    [InlineData("$filter=hour(phenomenonTime) eq 2", 4)]
    [InlineData("$filter=date(phenomenonTime) eq date'2026-07-01'", 22)]
    [InlineData("$filter=during(phenomenonTime,2026-07-01T00:00:00Z/2026-07-01T00:46:00Z)", 4)]
    [InlineData("$filter=phenomenonTime lt 2026-07-01T00:00:00Z add duration'PT1H'", 4)]
    [InlineData("$filter=result eq 7 or phenomenonTime eq 2026-07-01T05:15:00Z", 2)]
    [InlineData("$filter=Datastream/name eq 'Zählstelle Allee: Fahrräder'", 22)]
    [InlineData("$filter=Datastream/name eq 'other'", 0)]
    [InlineData("$top=5", 5)]
    [InlineData("$skip=20", 2)]
    [InlineData("$orderby=phenomenonTime desc&$top=3", 3)]
    [InlineData("$orderby=result desc&$filter=result gt 30", 9)]
    public async Task Filter_finds_observations(string query, int count)
    {
        var id = await city.Public.StreamAsync("rad-1/total");
        var found = await city.Public.ValuesAsync($"Datastreams({id})/Observations?{query}");
        Assert.True(found.Length == count, $"{query}: {found.Length} instead of {count}");
    }

    [Theory]
    [InlineData("phenomenonTime asc")]
    [InlineData("phenomenonTime desc")]
    [InlineData("result")]
    [InlineData("result desc")]
    [InlineData("resultTime desc")]
    [InlineData("id desc")]
    public async Task Pages_of_observations_are_the_whole_in_its_order(string order)
    {
        var id = await city.Public.StreamAsync("rad-1/total");
        var path = $"Datastreams({id})/Observations?$orderby={order}";
        var whole = (await city.Public.ValuesAsync(path)).Select(o => o.Id()).ToList();
        Assert.Equal(CityReadings.MiddleCounts, whole.Distinct().Count());
        Assert.Equal(whole, (await city.Public.AllAsync($"{path}&$top=5")).Select(o => o.Id()));
        var page = await city.Public.JsonAsync($"{path}&$top=4&$skip=3&$count=true");
        Assert.Equal(CityReadings.MiddleCounts, page["@iot.count"]!.GetValue<int>());
        Assert.Equal(whole.Skip(3).Take(4), page["value"]!.AsArray().Select(o => o!.Id()));
    }

    [Fact]
    public async Task Last_observation_of_every_datastream_is_one_expand()
    {
        var things = await city.Public.ValuesAsync("Things?$expand=Datastreams($expand=Observations($orderby=phenomenonTime desc;$top=1))&$filter=startswith(name,'Zählstelle ')");
        var last = things.ToDictionary(t => t.Name(), t => Result(t["Datastreams"]![0]!["Observations"]!.AsArray().Single()!));
        Assert.Equal(CityReadings.Count(CityReadings.MiddleCounts - 1), last["Zählstelle Allee"]);
        Assert.Equal(CityReadings.Count(CityReadings.Counts - 1) + 100, last["Zählstelle Hafen"]);
        Assert.Equal(4, last["Zählstelle ohne Ort"]);
        Assert.All(things, t => Assert.NotNull(t["Datastreams"]![0]!["Observations@iot.nextLink"]));
    }

    [Fact]
    public async Task Data_array_holds_the_same_values()
    {
        var id = await city.Public.StreamAsync("rad-1/total");
        var group = (await city.Public.ValuesAsync($"Datastreams({id})/Observations?$resultFormat=dataArray&$select=phenomenonTime,result&$top=3")).Single();
        Assert.Equal($"{city.Root}/Datastreams({id})", group["Datastream@iot.navigationLink"]!.GetValue<string>());
        Assert.Equal("""["phenomenonTime","result"]""", group["components"]!.ToJsonString());
        Assert.Equal(3, group["dataArray@iot.count"]!.GetValue<int>());
        Assert.Equal("""["2026-07-01T00:15:00.000Z",7]""", group["dataArray"]![1]!.ToJsonString());
        var both = await city.Public.ValuesAsync("Observations?$resultFormat=dataArray&$top=1000");
        Assert.True(both.Length > 1, "one group for each datastream");
    }

    [Fact]
    public async Task Table_has_a_line_for_each_and_names_the_next_page_in_the_head()
    {
        var id = await city.Public.StreamAsync("rad-1/total");
        using var answer = await city.Public.GetAsync(new Uri($"Datastreams({id})/Observations?$resultFormat=CSV&$select=id,phenomenonTime,result&$top=2", UriKind.Relative), StaCity.Token);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(StaCity.Token)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["id,phenomenonTime,result", "2026-07-01T00:00:00.000Z,0", "2026-07-01T00:15:00.000Z,7"], lines.Select((l, i) => i == 0 ? l : l[(l.IndexOf(',', StringComparison.Ordinal) + 1)..]));
        Assert.Contains("rel=\"next\"", answer.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        var (_, things) = await city.Public.TextAsync("Things?$resultFormat=CSV&$select=name,properties&$expand=Datastreams($select=name)");
        Assert.Contains("properties/typeName/de", things.Split("\r\n")[0], StringComparison.Ordinal);
        Assert.Contains("Datastreams/0/name", things.Split("\r\n")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Maps_get_features_with_flat_properties()
    {
        var features = (await city.Public.JsonAsync("Things?$resultFormat=GeoJSON&$filter=properties/type eq 'mast'"))["features"]!.AsArray();
        var mast = features.Single()!;
        Assert.Equal("""{"type":"Point","coordinates":[7.62,51.95]}""", mast["geometry"]!.ToJsonString());
        Assert.Equal("Mast", mast["properties"]!["properties/typeName/de"]!.GetValue<string>());
        Assert.Equal(5, (await city.Public.JsonAsync("Locations?$resultFormat=GeoJSON"))["features"]!.AsArray().Count(f => f!["geometry"] is not null));
        var id = await city.Public.StreamAsync("rad-1/total");
        var observation = (await city.Public.JsonAsync($"Datastreams({id})/Observations?$resultFormat=GeoJSON&$top=1"))["features"]![0]!;
        Assert.Equal("""{"type":"Point","coordinates":[7.61,51.94]}""", observation["geometry"]!.ToJsonString());
        var stream = (await city.Public.JsonAsync($"Datastreams?$resultFormat=GeoJSON&$select=name&$filter=id eq {id}"))["features"]![0]!;
        Assert.Equal("""{"type":"Point","coordinates":[7.61,51.94]}""", stream["geometry"]!.ToJsonString());
        Assert.Equal("name", Assert.Single(stream["properties"]!.AsObject()).Key);
    }

    private static double Result(JsonNode observation) => Convert.ToDouble(observation["result"]!.ToString(), CultureInfo.InvariantCulture);
}
