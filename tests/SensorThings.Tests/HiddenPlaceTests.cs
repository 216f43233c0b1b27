namespace SensorThings.Tests;

/// <summary>Places that a grant leaves out, while the things stand somewhere else every now and then.</summary>
public sealed class HiddenPlaceTests : IAsyncLifetime
{
    private readonly StaCity _city = new();

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task Place_that_a_hidden_thing_comes_to_is_hidden_whatever_was_known_before()
    {
        const string Placed = ", location: [7.7777, 51.9777]";
        Assert.False(await IsToldAsync(_city.Public, "7.7777"));
        foreach (var place in (string[])["", ", location: [7.7333, 51.9777]", "", ", location: [7.7444, 51.9777]"])
        {
            await _city.ApplyAsync(CityFiles.Registry.Replace(Placed, place, StringComparison.Ordinal));
            foreach (var longitude in (string[])["7.7777", "7.7333", "7.7444"])
            {
                Assert.False(await IsToldAsync(_city.Public, longitude), $"{longitude} after '{place}'");
            }
        }

        Assert.True(await IsToldAsync(_city.Operator, "7.7444"));
    }

    [Fact]
    public async Task Feature_of_which_observations_of_a_hidden_thing_tell_is_hidden_too()
    {
        await _city.PolicyAsync(CityFiles.Policy.Replace("""match: ["g/geheim-*/total"]""", """match: ["g/geheim-*/total", "sensorthings/*/*"]""", StringComparison.Ordinal));
        var thing = await _city.CreateAsync("Things", """
            {"name":"Feuchte","description":"Im Keller","properties":{"district":"hafen"},
             "Locations":[{"name":"Keller","description":"Unten","encodingType":"application/geo+json","location":{"type":"Point","coordinates":[7.7321,51.91]}}],
             "Datastreams":[{"name":"Feuchte","description":"Wie feucht?","observationType":"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
               "unitOfMeasurement":{"name":"Prozent","symbol":"%","definition":"ucum:%"},"properties":{"registry":{"class":"public"}},
               "Sensor":{"name":"F","description":"Fühler","encodingType":"text/html","metadata":"f"},
               "ObservedProperty":{"name":"humidity","definition":"https://example.org/humidity","description":"Feuchte"}}]}
            """);
        var yard = await _city.CreateAsync("FeaturesOfInterest", """
            {"name":"Hof","description":"Draußen","encodingType":"application/geo+json","feature":{"type":"Point","coordinates":[7.7654,51.92]}}
            """);
        Assert.False(await IsToldAsync(_city.Public, "7.7321"));
        Assert.True(await IsToldAsync(_city.Public, "7.7654"));

        var stream = (string)(await _city.Operator.ValuesAsync($"{thing}/Datastreams")).Single()["@iot.selfLink"]!;
        var observations = $"Datastreams{stream[stream.LastIndexOf('(')..]}/Observations";
        await _city.CreateAsync(observations, """{"result":50,"phenomenonTime":"2026-07-01T00:00:00Z"}""");
        await _city.CreateAsync(observations, $$$"""{"result":60,"phenomenonTime":"2026-07-01T01:00:00Z","FeatureOfInterest":{"@iot.id":{{{yard[(yard.LastIndexOf('(') + 1)..^1]}}}}}""");
        Assert.Equal(2, (await _city.Public.ValuesAsync(observations)).Length);
        foreach (var longitude in (string[])["7.7321", "7.7654"])
        {
            Assert.False(await IsToldAsync(_city.Public, longitude), longitude);
            Assert.True(await IsToldAsync(_city.Operator, longitude), longitude);
            Assert.DoesNotContain(longitude, (await _city.Public.TextAsync($"{observations}?$expand=FeatureOfInterest")).Text, StringComparison.Ordinal);
        }
    }

    private static async Task<bool> IsToldAsync(HttpClient client, string longitude)
    {
        var texts = new List<string>();
        foreach (var path in (string[])["Locations?$top=1000", "HistoricalLocations?$top=1000&$expand=Locations", "Things?$top=1000&$expand=Locations", "FeaturesOfInterest?$top=1000"])
        {
            texts.Add((await client.TextAsync(path)).Text);
        }

        return texts.Exists(t => t.Contains(longitude, StringComparison.Ordinal));
    }
}
