using System.Net;

namespace SensorThings.Tests;

/// <summary>What is registered appears as entities, and paths lead from one to the other (OGC 18-088, 8.2 and 9.2).</summary>
public sealed class EntityTests(StaCity city)
{
    [Fact]
    public async Task Assets_and_stations_are_things()
    {
        var things = await city.Public.AllAsync("Things");
        Assert.Equal(
            ["Haus 1", "Mast am Markt", "Schall am Rand", "Versuch", "Zählstelle Allee", "Zählstelle Hafen", "Zählstelle ohne Ort"],
            things.Select(t => t.Name()).Order(StringComparer.Ordinal));
        var mast = things.Single(t => t.Name() == "Mast am Markt");
        Assert.Equal("Mast", mast["description"]!.GetValue<string>());
        Assert.Equal(
            """{"city":"stadt","district":"mitte","districtName":"Mitte","office":"amt","registryId":"asset/mast-1","type":"mast","typeName":{"de":"Mast","en":"Mast"},"height":8}""",
            mast["properties"]!.ToJsonString());
    }

    [Fact]
    public async Task Entity_has_its_control_information_properties_and_links()
    {
        var thing = (await city.Public.ValuesAsync("Things?$filter=name eq 'Mast am Markt'")).Single();
        var self = $"{city.Root}/Things({thing.Id()})";
        Assert.Equal(self, thing["@iot.selfLink"]!.GetValue<string>());
        Assert.Equal(
            [
                "@iot.selfLink", "@iot.id", "name", "description", "properties", "Locations@iot.navigationLink", "HistoricalLocations@iot.navigationLink",
                "Datastreams@iot.navigationLink", "MultiDatastreams@iot.navigationLink",
            ],
            thing.AsObject().Select(p => p.Key));
        Assert.Equal($"{self}/Locations", thing["Locations@iot.navigationLink"]!.GetValue<string>());
        Assert.Equal(thing.ToJsonString(), (await city.Public.JsonAsync(self)).ToJsonString());
        Assert.Equal(thing.ToJsonString(), (await city.Public.JsonAsync($"Things('{thing.Id()}')")).ToJsonString());
    }

    [Fact]
    public async Task Datastream_says_what_everybody_is_owed()
    {
        var id = await city.Public.StreamAsync("rad-1/total");
        var stream = await city.Public.JsonAsync($"Datastreams({id})");
        Assert.Equal("Zählstelle Allee: Fahrräder", stream.Name());
        Assert.Equal("Wie viele Fahrräder fahren hier?", stream["description"]!.GetValue<string>());
        Assert.EndsWith("OM_CountObservation", stream["observationType"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("""{"name":"bicycle","symbol":"bicycle","definition":"http://unitsofmeasure.org/ucum#%7Bbicycle%7D"}""", stream["unitOfMeasurement"]!.ToJsonString());
        var properties = stream["properties"]!;
        Assert.Equal("public", properties["class"]!.GetValue<string>());
        Assert.Equal("""{"id":"amt","name":"Amt für Mobilität"}""", properties["office"]!.ToJsonString());
        Assert.Equal(["information", "operation"], properties["purposes"]!.AsArray().Select(p => p!["id"]!.GetValue<string>()));
        Assert.Equal("§ 16a EGovG NRW", properties["purposes"]![0]!["legalBasis"]!.GetValue<string>());
        Assert.Equal("P3650D", properties["retention"]!["raw"]!.GetValue<string>());
        Assert.True(properties["countsPeople"]!.GetValue<bool>());
        Assert.False(properties["quarantine"]!.GetValue<bool>());
        Assert.Equal("PT15M", properties["interval"]!.GetValue<string>());
        Assert.Equal("2026-07-01T00:00:00.000Z/2026-07-01T05:15:00.000Z", stream["phenomenonTime"]!.GetValue<string>());
        Assert.Equal("""{"type":"Point","coordinates":[7.61,51.94]}""", stream["observedArea"]!.ToJsonString());
        var trial = await city.Public.JsonAsync($"Datastreams({await city.Public.StreamAsync("probe/humidity")})");
        Assert.True(trial["properties"]!["quarantine"]!.GetValue<bool>());
        Assert.Equal("P1D", trial["properties"]!["retention"]!["raw"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Things({mast})/Locations", "Mast am Markt")]
    [InlineData("Things({mast})/Datastreams?$orderby=name", "Luft am Markt: Batterie|Luft am Markt: Lufttemperatur")]
    [InlineData("Datastreams({air})/Thing", "Mast am Markt")]
    [InlineData("Datastreams({air})/Sensor", "Luft am Markt")]
    [InlineData("Datastreams({air})/ObservedProperty", "Temperatur")]
    [InlineData("Datastreams({air})/Thing/Locations", "Mast am Markt")]
    [InlineData("Datastreams({air})/Sensor/Datastreams?$orderby=name desc", "Luft am Markt: Lufttemperatur|Luft am Markt: Batterie")]
    [InlineData("Things({mast})/Datastreams({air})/Sensor", "Luft am Markt")]
    [InlineData("Things({mast})/Datastreams({air})/Thing/Datastreams({air})/ObservedProperty", "Temperatur")]
    public async Task Paths_lead_on_to_any_depth(string path, string names)
    {
        var found = await city.Public.JsonAsync(await PlaceAsync(path));
        IEnumerable<JsonNode> all = found["value"] is { } set ? set.AsArray().Select(n => n!) : [found];
        Assert.Equal(names.Split('|'), all.Select(e => e.Name()));
    }

    [Theory]
    [InlineData("Things({mast})/name", """{"name":"Mast am Markt"}""")]
    [InlineData("Things({mast})/properties/height", """{"height":8}""")]
    [InlineData("Things({mast})/properties/typeName/en", """{"en":"Mast"}""")]
    [InlineData("Datastreams({air})/unitOfMeasurement/symbol", """{"symbol":"°C"}""")]
    [InlineData("Datastreams({air})/phenomenonTime", """{"phenomenonTime":"2026-07-01T00:00:00.000Z/2026-07-01T05:00:00.000Z"}""")]
    public async Task Property_is_answered_with_its_name(string path, string json) =>
        Assert.Equal(json, (await city.Public.JsonAsync(await PlaceAsync(path))).ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    [Theory]
    [InlineData("Things({mast})/name/$value", "Mast am Markt")]
    [InlineData("Things({mast})/properties/height/$value", "8")]
    [InlineData("Things({mast})/id/$value", "{mast}")]
    [InlineData("Things/$count", "7")]
    [InlineData("Things/$count?$filter=properties/district eq 'mitte'", "3")]
    [InlineData("Datastreams({counter})/Observations/$count", "22")]
    public async Task Value_and_count_are_bare_texts(string path, string text)
    {
        var (status, found) = await city.Public.TextAsync(await PlaceAsync(path));
        Assert.Equal((HttpStatusCode.OK, await PlaceAsync(text)), (status, found));
    }

    [Fact]
    public async Task Property_without_a_value_is_no_content()
    {
        var (status, text) = await city.Public.TextAsync(await PlaceAsync("Things({mast})/properties/nothing"));
        Assert.Equal((HttpStatusCode.NoContent, string.Empty), (status, text));
    }

    [Fact]
    public async Task References_are_links_only()
    {
        var path = await PlaceAsync("Things({mast})/Datastreams/$ref");
        var links = await city.Public.ValuesAsync(path);
        Assert.Equal(2, links.Length);
        Assert.All(links, l => Assert.Equal(["@iot.selfLink"], l.AsObject().Select(p => p.Key)));
        Assert.All(links, l => Assert.StartsWith($"{city.Root}/Datastreams(", l["@iot.selfLink"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Path_through_an_entity_of_somebody_else_is_not_found()
    {
        var counter = await city.Public.StreamAsync("rad-1/total");
        await city.Public.GetAsync(await PlaceAsync($"Things({{mast}})/Datastreams({counter})"), 404);
    }

    private async Task<string> PlaceAsync(string path)
    {
        var mast = await city.Public.IdAsync("Things", "name eq 'Mast am Markt'");
        var air = await city.Public.StreamAsync("luft-1/temperature");
        var counter = await city.Public.StreamAsync("rad-1/total");
        return FormattableString.Invariant($"{path}")
            .Replace("{mast}", $"{mast}", StringComparison.Ordinal)
            .Replace("{air}", $"{air}", StringComparison.Ordinal)
            .Replace("{counter}", $"{counter}", StringComparison.Ordinal);
    }
}
