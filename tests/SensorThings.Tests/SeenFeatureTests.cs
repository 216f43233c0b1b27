using System.Net;

namespace SensorThings.Tests;

/// <summary>FeaturesOfInterest that are made with Observations are there for those alone who may know of such an Observation.</summary>
public sealed class SeenFeatureTests : IAsyncLifetime
{
    private readonly StaCity _city = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task Feature_of_a_denied_stream_is_as_little_there_as_one_that_never_was()
    {
        var noise = await _city.Public.StreamAsync("laerm-1/laeq");
        var before = await _city.Public.NumberAsync("FeaturesOfInterest/$count");
        var feature = await NamedAsync(noise, "Haus 7", 0);
        Assert.Equal(before, await _city.Public.NumberAsync("FeaturesOfInterest/$count"));
        Assert.Equal(before, (long)(await _city.Public.JsonAsync("FeaturesOfInterest?$count=true&$top=0"))["@iot.count"]!);
        Assert.Equal(before + 1, await _city.Operator.NumberAsync("FeaturesOfInterest/$count"));
        foreach (var path in (string[])["", "/name", "/name/$value", "/$ref", "/Observations", "/Observations/$count", "?$expand=Observations"])
        {
            var (status, text) = await _city.Public.TextAsync($"FeaturesOfInterest({feature}){path}");
            var (never, none) = await _city.Public.TextAsync($"FeaturesOfInterest(99999){path}");
            Assert.Equal((never, none), (status, text.Replace($"({feature})", "(99999)", StringComparison.Ordinal)));
            Assert.NotEqual(HttpStatusCode.OK, status);
        }

        foreach (var filter in (string[])["name eq 'Haus 7'", "startswith(name,'Haus')", "name eq 'Haus 7' and Observations/result gt 0", "not (name eq 'x') and description eq 'Geheim'"])
        {
            Assert.Equal(0, await _city.Public.NumberAsync($"FeaturesOfInterest/$count?$filter={filter}"));
            Assert.Equal(1, await _city.Operator.NumberAsync($"FeaturesOfInterest/$count?$filter={filter}"));
        }

        foreach (var path in (string[])["FeaturesOfInterest?$top=1000", "FeaturesOfInterest?$orderby=name&$select=name", "FeaturesOfInterest?$resultFormat=CSV", "FeaturesOfInterest?$resultFormat=GeoJSON", "Observations?$top=1000&$expand=FeatureOfInterest"])
        {
            Assert.DoesNotContain("Haus 7", (await _city.Public.TextAsync(path)).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Feature_is_there_as_soon_as_one_stream_tells_of_it_that_may_be_known()
    {
        var (noise, air, bikes) = (await _city.Public.StreamAsync("laerm-1/laeq"), await _city.Public.StreamAsync("luft-1/temperature"), await _city.Public.StreamAsync("rad-1/total"));
        var (secret, hours) = (await NamedAsync(noise, "Haus 7", 0), await NamedAsync(air, "Hof", 0));
        Assert.False(await IsThereAsync(secret));
        Assert.True(await IsThereAsync(hours));
        await _city.ObserveAsync(bikes, $$"""{"result":7,"phenomenonTime":"2026-07-01T00:00:30Z","FeatureOfInterest":{"@iot.id":{{secret}}} }""");
        Assert.True(await IsThereAsync(secret));
    }

    [Fact]
    public async Task Feature_that_was_created_by_itself_goes_with_the_streams_that_tell_of_it()
    {
        var (noise, bikes) = (await _city.Public.StreamAsync("laerm-1/laeq"), await _city.Public.StreamAsync("rad-1/total"));
        var feature = Id(await _city.CreateAsync("FeaturesOfInterest", Feature("Brücke")));
        Assert.True(await IsThereAsync(feature));
        await _city.ObserveAsync(noise, $$"""{"result":50,"phenomenonTime":"2026-07-01T00:00:20Z","FeatureOfInterest":{"@iot.id":{{feature}}} }""");
        Assert.False(await IsThereAsync(feature));
        await _city.ObserveAsync(bikes, $$"""{"result":7,"phenomenonTime":"2026-07-01T00:00:40Z","FeatureOfInterest":{"@iot.id":{{feature}}} }""");
        Assert.True(await IsThereAsync(feature));
    }

    [Fact]
    public async Task Feature_does_not_appear_when_its_stream_goes_and_does_when_the_policy_opens_it()
    {
        var streams = new List<long>();
        foreach (var place in (string[])["Keller", "Dach"])
        {
            var thing = await _city.CreateAsync("Things", $$$"""
                {"name":"{{{place}}}","description":"d","properties":{"district":"hafen"},
                 "Datastreams":[{"name":"Feuchte","description":"Wie feucht?","observationType":"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
                   "unitOfMeasurement":{"name":"Prozent","symbol":"%","definition":"ucum:%"},"properties":{"registry":{"class":"public"}},
                   "Sensor":{"name":"F","description":"Fühler","encodingType":"text/html","metadata":"f"},
                   "ObservedProperty":{"name":"humidity","definition":"https://example.org/humidity","description":"Feuchte"}}]}
                """);
            streams.Add((await _city.Operator.ValuesAsync($"{thing}/Datastreams")).Single().Id());
        }

        var now = $$"""{"result":50,"FeatureOfInterest":{{Feature("Raum")}}}""";
        foreach (var stream in streams)
        {
            await _city.ObserveAsync(stream, now);
        }

        var found = (await _city.Operator.ValuesAsync("FeaturesOfInterest?$filter=name eq 'Raum'&$orderby=id")).Select(f => f.Id()).ToArray();
        Assert.Equal(2, found.Length);
        using var gone = await _city.Operator.DeleteAsync($"Datastreams({streams[0]})", Token);
        Assert.Equal(HttpStatusCode.OK, gone.StatusCode);
        Assert.Equal((false, false), (await IsThereAsync(found[0]), await IsThereAsync(found[1])));
        await _city.PolicyAsync(CityFiles.Policy.Replace("""match: ["g/rad-*/total"]""", """match: ["g/rad-*/total", "sensorthings/*/*"]""", StringComparison.Ordinal));
        Assert.Equal((false, true), (await IsThereAsync(found[0]), await IsThereAsync(found[1])));
    }

    [Fact]
    public async Task Who_sends_observations_names_no_feature_that_is_not_there_for_them()
    {
        await _city.PolicyAsync(CityFiles.Policy.Replace("""match: ["g/rad-*/total"]""", """match: ["g/rad-*/total", "sensorthings/*/*"]""", StringComparison.Ordinal));
        var thing = await _city.CreateAsync("Things", """
            {"name":"Dach","description":"d","properties":{"district":"hafen"},
             "Datastreams":[{"name":"Feuchte","description":"Wie feucht?","observationType":"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
               "unitOfMeasurement":{"name":"Prozent","symbol":"%","definition":"ucum:%"},"properties":{"registry":{"class":"public"}},
               "Sensor":{"name":"F","description":"Fühler","encodingType":"text/html","metadata":"f"},
               "ObservedProperty":{"name":"humidity","definition":"https://example.org/humidity","description":"Feuchte"}}]}
            """);
        var stream = (await _city.Operator.ValuesAsync($"{thing}/Datastreams")).Single().Id();
        var secret = await NamedAsync(await _city.Public.StreamAsync("haus-1/energy"), "Haus 7", 0);
        var open = Id(await _city.CreateAsync("FeaturesOfInterest", Feature("Brücke")));
        using var oda = await _city.PersonAsync("oda", "operator", "amt");
        var answers = new List<(int Status, string Text)>();
        foreach (var feature in (long[])[secret, 99_999, open])
        {
            using var content = new StringContent($$"""{"result":50,"phenomenonTime":"2026-07-01T00:00:10Z","FeatureOfInterest":{"@iot.id":{{feature}}} }""", System.Text.Encoding.UTF8, "application/json");
            using var answer = await oda.PostAsync($"Datastreams({stream})/Observations", content, Token);
            answers.Add(((int)answer.StatusCode, (await answer.Content.ReadAsStringAsync(Token)).Replace($"({feature})", "(…)", StringComparison.Ordinal)));
        }

        Assert.Equal([400, 400, 201], answers.Select(a => a.Status));
        Assert.Equal(answers[1].Text, answers[0].Text);
        Assert.False(await IsThereAsync(secret));
        foreach (var feature in (long[])[secret, 99_999])
        {
            using var patch = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            using var answer = await _city.Public.PatchAsync($"FeaturesOfInterest({feature})", patch, Token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Subscribers_are_told_of_no_feature_that_is_not_there_for_everybody()
    {
        var (noise, bikes) = (await _city.Public.StreamAsync("laerm-1/laeq"), await _city.Public.StreamAsync("rad-1/total"));
        using var reader = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        Assert.Equal(0, await reader.SubscribeAsync("v1.1/FeaturesOfInterest"));
        await NamedAsync(noise, "Haus 7", 0);
        await NamedAsync(bikes, "Brücke", 0);
        Assert.Equal("Brücke", (string)(await reader.NextAsync()).Payload["name"]!);
    }

    private static string Feature(string name) =>
        $$$"""{"name":"{{{name}}}","description":"Geheim","encodingType":"application/geo+json","feature":{"type":"Point","coordinates":[7.71,51.93]}}""";

    private static long Id(string path) => long.Parse(path[(path.LastIndexOf('(') + 1)..^1], System.Globalization.CultureInfo.InvariantCulture);

    private async Task<bool> IsThereAsync(long feature) => (await _city.Public.TextAsync($"FeaturesOfInterest({feature})")).Status == HttpStatusCode.OK;

    /// <summary>An Observation that brings a feature; the feature's id.</summary>
    private async Task<long> NamedAsync(long stream, string name, int second)
    {
        await _city.ObserveAsync(stream, $$"""{"result":50,"phenomenonTime":"2026-07-01T00:00:{{second + 10}}Z","FeatureOfInterest":{{Feature(name)}} }""");
        return (await _city.Operator.ValuesAsync($"FeaturesOfInterest?$filter=name eq '{name}'")).Single().Id();
    }
}
