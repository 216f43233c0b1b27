using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Mqtt;

namespace SensorThings.Tests;

/// <summary>The SensorThings API over MQTT (OGC 18-088, 14): who is told of what, and who may create.</summary>
public sealed class MqttTests : IAsyncLifetime
{
    private const byte NotAuthorized = 0x87;
    private const byte FilterInvalid = 0x8F;
    private const byte TopicInvalid = 0x90;
    private const byte FormatInvalid = 0x99;

    private readonly StaCity _city = new();

    /// <summary>Beyond what the city has measured so far.</summary>
    private long _now = CityReadings.At(60 * 24, 3);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task Subscriber_gets_each_observation_as_http_shows_it()
    {
        var id = await _city.Public.StreamAsync("rad-1/total");
        var thing = (await _city.Public.JsonAsync($"Datastreams({id})/Thing")).Id();
        using var reader = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        string[] topics =
        [
            "v1.1/Observations", $"v1.1/Datastreams({id})/Observations", $"v1.1/Datastreams('{id}')/Observations?$select=result",
            $"v1.1/Things({thing})/Datastreams({id})/Observations?$select=id,phenomenonTime",
        ];
        foreach (var topic in topics)
        {
            Assert.Equal(0, await reader.SubscribeAsync(topic));
        }

        Assert.Equal(0, await reader.SubscribeAsync($"v1.1/Datastreams({id + 1})/Observations"));
        foreach (var value in new[] { 5, 6 })
        {
            await MeasureAsync("rad-1", value);
            var got = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
            foreach (var _ in topics)
            {
                var (topic, payload) = await reader.NextAsync();
                got.Add(topic, payload);
            }

            var shown = await _city.Public.JsonAsync($"Observations({got[topics[0]].Id()})");
            Assert.Equal(value, shown["result"]!.GetValue<double>());
            Assert.True(JsonNode.DeepEquals(shown, got[topics[0]]), $"{shown} {got[topics[0]]}");
            Assert.True(JsonNode.DeepEquals(shown, got[topics[1]]));
            Assert.Equal($$"""{"result":{{value}}}""", got[topics[2]].ToJsonString());
            Assert.Equal(["@iot.selfLink", "@iot.id", "phenomenonTime"], got[topics[3]].AsObject().Select(m => m.Key));
        }
    }

    [Fact]
    public async Task Nobody_is_told_what_the_district_does_not_give()
    {
        using var anybody = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        using var office = await MqttPeer.ConnectAsync(_city.Silo.Mqtt, _city.Key, "operation");
        using var other = await MqttPeer.ConnectAsync(_city.Silo.Mqtt, _city.Key, "information");
        foreach (var peer in new[] { anybody, office, other })
        {
            Assert.Equal(0, await peer.SubscribeAsync("v1.1/Observations"));
        }

        using var values = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        Assert.Equal(0, await values.SubscribeAsync("v1.1/Observations?$select=result"));
        await MeasureAsync("laerm-1", 71); // internal
        await MeasureAsync("luft-1", 21); // hours only
        await MeasureAsync("haus-1", 31); // cells only
        await MeasureAsync("geheim-1", 41); // without its quality
        await MeasureAsync("rad-1", 51);
        Assert.Equal(51, await ResultAsync(anybody));
        Assert.Equal(51, await ResultAsync(other));
        Assert.Equal(41, await ResultAsync(values));
        foreach (var expected in new[] { 71, 21, 41, 51 })
        {
            Assert.Equal(expected, await ResultAsync(office));
        }
    }

    [Fact]
    public async Task Subscriber_of_a_feature_is_told_of_the_observations_that_tell_of_it_and_may_be_read()
    {
        using var anybody = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        using var office = await MqttPeer.ConnectAsync(_city.Silo.Mqtt, _city.Key, "operation");
        var (bikes, noise) = (await _city.Public.StreamAsync("rad-1/total"), await _city.Public.StreamAsync("laerm-1/laeq"));
        const string Bridge = """{"name":"Brücke","description":"","encodingType":"application/geo+json","feature":{"type":"Point","coordinates":[7.6,51.9]}}""";
        var (bridge, other) = (await _city.CreateAsync("FeaturesOfInterest", Bridge), await _city.CreateAsync("FeaturesOfInterest", Bridge));
        foreach (var peer in new[] { anybody, office })
        {
            Assert.Equal(0, await peer.SubscribeAsync($"v1.1/{bridge}/Observations"));
        }

        async Task ObserveAsync(long stream, string feature, int minute, int result) => await _city.ObserveAsync(
            stream, $$$"""{"result":{{{result}}},"phenomenonTime":"2026-07-20T12:{{{minute}}}:00Z","FeatureOfInterest":{"@iot.id":{{{feature.Split('(', ')')[1]}}}}}""");
        await ObserveAsync(bikes, bridge, 30, 1);
        await ObserveAsync(bikes, other, 31, 2);
        await ObserveAsync(noise, bridge, 30, 73);
        await ObserveAsync(bikes, bridge, 20, 3); // late: before the first
        await ObserveAsync(bikes, other, 10, 4);
        await ObserveAsync(bikes, bridge, 40, 5);
        foreach (var expected in new[] { 1, 3, 5 })
        {
            var (topic, told) = await anybody.NextAsync();
            Assert.Equal(($"v1.1/{bridge}/Observations", expected), (topic, told["result"]!.GetValue<double>()));
            Assert.True(JsonNode.DeepEquals(await _city.Public.JsonAsync($"Observations({told.Id()})"), told));
        }

        foreach (var expected in new[] { 1, 73, 3, 5 })
        {
            Assert.Equal(expected, await ResultAsync(office));
        }
    }

    [Fact]
    public async Task Delivery_ends_when_the_grant_ends()
    {
        using var anybody = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        Assert.Equal(0, await anybody.SubscribeAsync("v1.1/Observations"));
        await MeasureAsync("rad-1", 1);
        Assert.Equal(1, await ResultAsync(anybody));
        await _city.PolicyAsync(CityFiles.Policy.Replace("principals: [public], streams: [counts]", "principals: [\"role:operator\"], streams: [counts]", StringComparison.Ordinal));
        await MeasureAsync("rad-1", 2);
        await MeasureAsync("rad-2", 3);
        while (_city.Silo.Services.GetRequiredService<MqttEndpoint>().Counters.Withheld < 2)
        {
            StaCity.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await _city.PolicyAsync(CityFiles.Policy);
        await MeasureAsync("geheim-1", 4);
        await MeasureAsync("rad-2", 5);
        Assert.Equal(5, await ResultAsync(anybody));
    }

    [Fact]
    public async Task Subscribers_are_told_of_entities_and_of_the_properties_that_changed()
    {
        using var reader = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        await _city.Public.JsonAsync("Things"); // The file's entities are there from then on.
        var path = await _city.CreateAsync("Things", """{"name":"Ofen","description":"Backt","properties":{"district":"mitte"}}""");
        string[] topics = ["v1.1/Things", $"v1.1/{path}", $"v1.1/{path}/name", "v1.1/Things?$select=name"];
        foreach (var topic in topics)
        {
            Assert.Equal(0, await reader.SubscribeAsync(topic));
        }

        await ChangeAsync(path, """{"description":"Bäckt"}""");
        Assert.Equal(topics[0], (await reader.NextAsync()).Topic);
        Assert.Equal(topics[1], (await reader.NextAsync()).Topic);
        await ChangeAsync(path, """{"name":"Herd"}""");
        var got = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var _ in topics)
        {
            var (topic, payload) = await reader.NextAsync();
            got.Add(topic, payload.ToJsonString());
        }

        Assert.Equal((await _city.Public.JsonAsync(path)).ToJsonString(), got[topics[1]]);
        Assert.Equal(got[topics[1]], got[topics[0]]);
        Assert.Equal("""{"name":"Herd"}""", got[topics[2]]);
        Assert.Equal("""{"name":"Herd"}""", got[topics[3]]);
        var other = await _city.CreateAsync("Things", """{"name":"Kessel","description":"Heizt","properties":{"district":"mitte"}}""");
        var told = await reader.NextAsync();
        Assert.Equal((topics[0], "Kessel"), (told.Topic, told.Payload.Name()));
        Assert.EndsWith(other, told.Payload["@iot.selfLink"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_of_the_registry_is_told_too_and_hidden_places_are_not()
    {
        using var reader = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        var hidden = await _city.Operator.IdAsync("Locations", "name eq 'Zählstelle ohne Ort'");
        Assert.Equal(0, await reader.SubscribeAsync("v1.1/Locations"));
        await _city.ApplyAsync(CityFiles.Registry.Replace("[7.7777, 51.9777]", "[7.7712, 51.9777]", StringComparison.Ordinal)
            .Replace("location: [7.610, 51.940]", "location: [7.611, 51.941]", StringComparison.Ordinal));
        var told = new[] { (await reader.NextAsync()).Payload, (await reader.NextAsync()).Payload };
        Assert.DoesNotContain("7.77", string.Concat(told.Select(t => t.ToJsonString())), StringComparison.Ordinal);
        Assert.Contains(told, t => t["location"] is { } place && place.ToJsonString().Contains("7.611", StringComparison.Ordinal));
        Assert.Contains(told, t => t.Id() == hidden && t["location"] is null);
    }

    [Fact]
    public async Task Client_with_the_right_creates_by_publishing()
    {
        using var office = await MqttPeer.ConnectAsync(_city.Silo.Mqtt, _city.Key, "operation");
        using var reader = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        var id = await _city.Public.StreamAsync("rad-1/total");
        Assert.Equal(0, await reader.SubscribeAsync("v1.1/Observations"));
        Assert.Equal(0, await reader.SubscribeAsync("v1.1/Things"));
        var body = $$$"""{"result":17,"phenomenonTime":"2026-07-20T12:00:00Z","Datastream":{"@iot.id":{{{id}}}}}""";
        Assert.Equal(0, await office.PublishAsync("v1.1/Observations", body, retain: true));
        var told = await reader.NextAsync();
        Assert.Equal("v1.1/Observations", told.Topic);
        Assert.True(JsonNode.DeepEquals(await _city.Public.JsonAsync($"Observations({told.Payload.Id()})"), told.Payload), "What is delivered is the Observation, not what was sent.");
        Assert.Equal(0, await office.PublishAsync($"v1.1/Datastreams({id})/Observations", """{"result":18,"phenomenonTime":"2026-07-20T12:15:00Z"}"""));
        Assert.Equal(18, await ResultAsync(reader));
        Assert.Equal(0, await office.PublishAsync("v1.1/Things", """{"name":"Ofen","description":"Backt","properties":{"district":"mitte"}}"""));
        Assert.Equal("Ofen", (await reader.NextAsync()).Payload.Name());
        Assert.Single(await _city.Public.ValuesAsync("Things?$filter=name eq 'Ofen'"));
        using var later = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        Assert.Equal(0, await later.SubscribeAsync("v1.1/Observations"));
        await MeasureAsync("rad-1", 19);
        Assert.Equal(19, await ResultAsync(later)); // nothing was retained
    }

    [Fact]
    public async Task What_is_refused_is_answered_and_counted_and_creates_nothing()
    {
        using var anybody = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        using var office = await MqttPeer.ConnectAsync(_city.Silo.Mqtt, _city.Key, "operation");
        using var reader = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        Assert.Equal(FilterInvalid, await reader.SubscribeAsync("v1.1/#"));
        var id = await _city.Public.StreamAsync("rad-1/total");
        var body = """{"result":17,"phenomenonTime":"2026-07-20T12:00:00Z"}""";
        Assert.Equal(NotAuthorized, await anybody.PublishAsync($"v1.1/Datastreams({id})/Observations", body));
        Assert.Equal(NotAuthorized, await anybody.PublishAsync("v1.1/Things", """{"name":"Ofen","description":"Backt"}"""));
        Assert.Equal(FormatInvalid, await office.PublishAsync($"v1.1/Datastreams({id})/Observations", "17"));
        Assert.Equal(FormatInvalid, await office.PublishAsync($"v1.1/Datastreams({id})/Observations", ""));
        Assert.Equal(FormatInvalid, await office.PublishAsync("v1.1/Observations", body));
        Assert.Equal(TopicInvalid, await office.PublishAsync("v1.1/Nothings", body));
        Assert.Equal(TopicInvalid, await office.PublishAsync("v1.1/Datastreams(99999)/Observations", body));
        Assert.Empty(await _city.Public.ValuesAsync($"Datastreams({id})/Observations?$filter=phenomenonTime eq 2026-07-20T12:00:00Z"));
        Assert.Empty(await _city.Public.ValuesAsync("Things?$filter=name eq 'Ofen'"));
        Assert.Equal(7, await RefusedAsync(7));
    }

    [Fact]
    public async Task Observation_of_a_multi_datastream_is_told_as_http_shows_it_and_to_nobody_else()
    {
        const string Measurement = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement";
        const string Unit = """{"name":"metre per second","symbol":"m/s","definition":"ucum:m/s"}""";
        var path = await _city.CreateAsync("MultiDatastreams", $$$"""
            {"name":"Wind","description":"Wie stark?","observationType":"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_ComplexObservation",
             "multiObservationDataTypes":["{{{Measurement}}}","{{{Measurement}}}"],"unitOfMeasurements":[{{{Unit}}},{{{Unit}}}],
             "Thing":{"name":"Windmast","description":"Am Markt","Locations":[{"name":"Markt","description":"","encodingType":"application/geo+json","location":{"type":"Point","coordinates":[7.69,51.93]}}]},
             "Sensor":{"name":"Windmesser","description":"","encodingType":"text/html","metadata":"w"},
             "ObservedProperties":[{"name":"Speed","definition":"s","description":""},{"name":"Gust","definition":"g","description":""}]}
            """);
        await _city.PolicyAsync(CityFiles.Policy
            .Replace("grants:\n", """
              - id: wind
                match: ["sensorthings/*/*"]
                class: internal
                purposes: [operation]
                operator: Stadt
                office: amt
                answers: {collected: Werte., use: Betrieb., access: Das Amt., passedOn: Nein.}
                retention: {raw: P50Y}
            grants:

            """, StringComparison.Ordinal)
            .Replace("air, devices]", "air, devices, wind]", StringComparison.Ordinal));
        using var anybody = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        using var office = await MqttPeer.ConnectAsync(_city.Silo.Mqtt, _city.Key, "operation");
        foreach (var peer in new[] { anybody, office })
        {
            Assert.Equal(0, await peer.SubscribeAsync($"v1.1/{path}/Observations"));
            Assert.Equal(0, await peer.SubscribeAsync("v1.1/Observations"));
        }

        Assert.Equal(0, await office.PublishAsync($"v1.1/{path}/Observations", """{"result":[3,7.5],"phenomenonTime":"2026-07-20T12:00:00Z"}"""));
        var told = new[] { await office.NextAsync(), await office.NextAsync() };
        Assert.Equal(["v1.1/Observations", $"v1.1/{path}/Observations"], told.Select(t => t.Topic).Order(StringComparer.Ordinal).Reverse());
        var shown = await _city.Operator.JsonAsync($"Observations({told[0].Payload.Id()})");
        Assert.Equal("[3,7.5]", shown["result"]!.ToJsonString());
        while (told.Any(t => t.Payload["result"]!.ToJsonString() != "[3,7.5]"))
        {
            // Told once more when a component came after the first.
            told = [.. told.Skip(1), await office.NextAsync()];
        }

        Assert.All(told, t => Assert.True(JsonNode.DeepEquals(shown, t.Payload), $"{shown} {t.Payload}"));
        await MeasureAsync("rad-1", 51);
        Assert.Equal(51, await ResultAsync(anybody));
    }

    [Fact]
    public async Task Root_lists_the_endpoint_for_what_is_done_over_mqtt()
    {
        var settings = (await _city.Public.JsonAsync(_city.Root))["serverSettings"]!;
        foreach (var requirement in new[] { "create-observations-via-mqtt/observations-creation", "receive-updates-via-mqtt/receive-updates" })
        {
            var name = $"http://www.opengis.net/spec/iot_sensing/1.1/req/{requirement}";
            Assert.Contains(name, settings["conformance"]!.AsArray().Select(c => c!.GetValue<string>()));
            Assert.Equal([$"mqtt://{_city.Silo.Mqtt}"], settings[name]!["endpoints"]!.AsArray().Select(e => e!.GetValue<string>()));
        }
    }

    private static async Task<double> ResultAsync(MqttPeer peer) => (await peer.NextAsync()).Payload["result"]!.GetValue<double>();

    private Task MeasureAsync(string sensor, double value) => _city.IngestAsync(sensor, new Quartier.Contracts.Readings.Sample(0, _now += StaCity.MinuteMs, value));

    /// <summary>Refusals in the city's books; they are brought there once a second.</summary>
    private async Task<long> RefusedAsync(long least)
    {
        while (true)
        {
            var books = await _city.Operator.JsonAsync("/api/cities/stadt/books");
            var refused = Sum(books);
            if (refused >= least)
            {
                return refused;
            }

            StaCity.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static long Sum(JsonNode books) => books["strangers"]!.AsArray().Sum(s => s!["count"]!.GetValue<long>());

    private async Task ChangeAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _city.Operator.PatchAsync(new Uri(path, UriKind.Relative), content, StaCity.Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(StaCity.Token));
    }
}
