using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Quartier.Contracts.Ledgers;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;
using Quartier.Contracts.SensorThings;

namespace SensorThings.Tests;

/// <summary>Single Observations are changed and deleted (OGC 18-088, 10.3 and 10.4): by whom, how it is seen everywhere, and what it tells nobody.</summary>
public sealed class CorrectionTests : IAsyncLifetime
{
    private const string PatchType = "application/json-patch+json";

    private readonly StaCity _city = new();

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task Deleted_observation_is_found_in_no_way_and_does_not_come_back_with_a_repetition()
    {
        var stream = await _city.Public.StreamAsync("rad-2/total");
        var id = await AtAsync("rad-2/total", 15, CityReadings.Counts - 1);
        var result = CityReadings.Count(CityReadings.Counts - 1) + 100;
        Assert.Equal("/2026-07-01T23:45:00.000Z", ((string)(await _city.Public.JsonAsync($"Datastreams({stream})"))["phenomenonTime"]!)[24..]);
        await SendAsync(HttpMethod.Delete, $"Observations({id})", null, 200);
        for (var round = 0; round < 2; round++)
        {
            await _city.Public.GetAsync($"Observations({id})", 404);
            await _city.Public.GetAsync($"Datastreams({stream})/Observations({id})", 404);
            await _city.Public.GetAsync($"Observations({id})/result/$value", 404);
            await _city.Public.GetAsync($"Observations({id})/Datastream", 404);
            Assert.Equal($"{CityReadings.Counts - 1}", (await _city.Public.TextAsync($"Datastreams({stream})/Observations/$count")).Text);
            Assert.DoesNotContain(await _city.Public.AllAsync($"Datastreams({stream})/Observations"), o => o.Id() == id);
            Assert.Empty(await _city.Public.ValuesAsync($"Observations?$filter=id eq {id}"));
            Assert.DoesNotContain($"({id})", (await _city.Public.JsonAsync($"Datastreams({stream})?$expand=Observations($orderby=phenomenonTime desc;$top=2)")).ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain("23:45", (await _city.Public.TextAsync($"Datastreams({stream})/Observations?$resultFormat=CSV&$orderby=phenomenonTime desc&$top=3")).Text, StringComparison.Ordinal);
            Assert.EndsWith("/2026-07-01T23:30:00.000Z", (string)(await _city.Public.JsonAsync($"Datastreams({stream})"))["phenomenonTime"]!, StringComparison.Ordinal);
            Assert.Empty(await _city.Public.ValuesAsync($"Datastreams?$filter=id eq {stream} and Observations/phenomenonTime ge 2026-07-01T23:45:00Z"));
            var live = await _city.Public.JsonAsync("/api/cities/stadt/sensors/g/rad-2");
            Assert.Contains("2026-07-01T23:30:00", live.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain("23:45", live.ToJsonString(), StringComparison.Ordinal);

            // A gateway sends again what it has sent.
            var version = _city.Silo.Services.GetRequiredService<IRegistry>().Find(StaCity.City)!.Version;
            var receipt = await Sensor("rad-2").Ingest(new(version, CityReadings.At(15, 96), [new(0, CityReadings.At(15, CityReadings.Counts - 1), result)]));
            Assert.Equal((0, 1), (receipt.Stored, receipt.Duplicate));
        }

        await SendAsync(HttpMethod.Delete, $"Observations({id})", null, 404);
        await SendAsync(HttpMethod.Patch, $"Observations({id})", """{"result":1}""", 404);

        // Whoever creates it anew means it.
        await SendAsync(HttpMethod.Post, $"Datastreams({stream})/Observations", """{"phenomenonTime":"2026-07-01T23:45:00Z","result":7}""", 201);
        Assert.Equal(7, (double)(await _city.Public.JsonAsync($"Observations({id})"))["result"]!);
    }

    [Fact]
    public async Task Patch_changes_what_it_names_and_the_answer_is_the_same_in_every_form()
    {
        var stream = await _city.Public.StreamAsync("rad-2/total");
        var id = await AtAsync("rad-2/total", 15, 4);
        await SendAsync(HttpMethod.Patch, $"Observations({id})", """{"result":1041}""", 200);
        await SendAsync(
            HttpMethod.Patch,
            $"Datastreams({stream})/Observations({id})",
            """{"resultTime":"2026-07-02T12:00:00Z","parameters":{"by":"hand"},"resultQuality":"checked","phenomenonTime":"2026-07-01T01:00:00Z/2026-07-01T01:10:00Z"}""",
            200);
        var one = await _city.Public.JsonAsync($"Observations({id})");
        Assert.Equal(1041, (double)one["result"]!);
        Assert.Equal("2026-07-01T01:00:00.000Z/2026-07-01T01:10:00.000Z", (string)one["phenomenonTime"]!);
        Assert.Equal("2026-07-02T12:00:00.000Z", (string)one["resultTime"]!);
        Assert.Equal("checked", (string)one["resultQuality"]!);
        Assert.Equal("""{"by":"hand"}""", one["parameters"]!.ToJsonString());
        Assert.Equal(one.ToJsonString(), (await _city.Public.ValuesAsync($"Datastreams({stream})/Observations?$filter=result eq 1041")).Single().ToJsonString());
        Assert.Single(await _city.Public.ValuesAsync($"Datastreams({stream})/Observations?$filter=parameters/by eq 'hand' and resultTime gt 2026-07-02T00:00:00Z"));
        Assert.Single(await _city.Public.ValuesAsync($"Datastreams?$filter=Observations/result eq 1041"));
        Assert.Empty(await _city.Public.ValuesAsync($"Datastreams({stream})/Observations?$filter=phenomenonTime eq 2026-07-01T01:00:00Z"));
        Assert.Contains("1041", (await _city.Public.JsonAsync("/api/cities/stadt/sensors/g/rad-2/total/readings?from=2026-07-01T00:00:00Z&to=2026-07-01T02:00:00Z")).ToJsonString(), StringComparison.Ordinal);
        await SendAsync(HttpMethod.Patch, $"Observations({id})", """{"parameters":null,"resultTime":null}""", 200);
        one = await _city.Public.JsonAsync($"Observations({id})");
        Assert.Null(one["parameters"]);
        Assert.Equal("2026-07-01T01:10:00.000Z", (string)one["resultTime"]!);
        Assert.Equal("checked", (string)one["resultQuality"]!);
    }

    [Fact]
    public async Task Put_replaces_and_a_json_patch_applies_to_what_a_get_shows()
    {
        var id = await AtAsync("rad-2/total", 15, 5);
        var path = $"Observations({id})";
        await SendAsync(HttpMethod.Put, path, """{"result":3,"parameters":{"a":1},"validTime":"2026-07-01T00:00:00Z/2026-07-02T00:00:00Z"}""", 200);
        Assert.Equal("2026-07-01T01:15:00.000Z", (string)(await _city.Public.JsonAsync(path))["phenomenonTime"]!);
        await SendAsync(HttpMethod.Patch, path, """[{"op":"test","path":"/parameters/a","value":1},{"op":"replace","path":"/result","value":4},{"op":"add","path":"/parameters/b","value":2}]""", 200);
        var one = await _city.Public.JsonAsync(path);
        Assert.Equal((4, """{"a":1,"b":2}"""), ((double)one["result"]!, one["parameters"]!.ToJsonString()));
        Assert.NotNull(one["validTime"]);
        await SendAsync(HttpMethod.Patch, path, """[{"op":"test","path":"/result","value":3}]""", 400);
        await SendAsync(HttpMethod.Put, path, """{"result":5}""", 200);
        one = await _city.Public.JsonAsync(path);
        Assert.Equal((5, null, null), ((double)one["result"]!, one["parameters"], one["validTime"]));

        // What an answer holds may be sent back, and says nothing new.
        var before = await CorrectionsAsync();
        await SendAsync(HttpMethod.Put, path, one.ToJsonString(), 200);
        Assert.True(JsonNode.DeepEquals(one, await _city.Public.JsonAsync(path)));
        Assert.Equal(before, await CorrectionsAsync());
    }

    [Theory]
    [InlineData("""{"phenomenonTime":"2026-07-01T01:45:00Z"}""", "begins at 2026-07-01T01:30:00.000Z")]
    [InlineData("""{"Datastream":{"@iot.id":1}}""", "does not move")]
    [InlineData("""{"MultiDatastream":{"@iot.id":1}}""", "does not move")]
    [InlineData("""{"FeatureOfInterest":{"@iot.id":99}}""", "does not change")]
    [InlineData("""{"FeatureOfInterest":{"name":"a","description":"b","encodingType":"application/geo+json","feature":{"type":"Point","coordinates":[1,2]}}}""", "does not change")]
    [InlineData("""{"result":null}""", "'result'")]
    [InlineData("""{"result":"wet"}""", "'result'")]
    [InlineData("""{"colour":"red"}""", "no such member")]
    [InlineData("""{"parameters":{"imei":"490154203237518"}}""", "identifies")]
    [InlineData("[]", "JSON object")]
    public async Task What_an_observation_is_known_by_or_cannot_be_is_refused_with_the_remedy(string body, string expected)
    {
        var id = await AtAsync("rad-2/total", 15, 6);
        var stream = await _city.Public.StreamAsync("rad-2/total");
        if (stream == 1)
        {
            body = body.Replace("\"Datastream\":{\"@iot.id\":1}", "\"Datastream\":{\"@iot.id\":2}", StringComparison.Ordinal);
        }

        var before = (await _city.Public.JsonAsync($"Observations({id})")).ToJsonString();
        Assert.Contains(expected, await SendAsync(HttpMethod.Patch, $"Observations({id})", body, 400), StringComparison.Ordinal);
        Assert.Equal(before, (await _city.Public.JsonAsync($"Observations({id})")).ToJsonString());
        Assert.Equal(0, await CorrectionsAsync());
    }

    [Fact]
    public async Task Links_to_what_it_belongs_to_anyway_are_taken()
    {
        var id = await AtAsync("rad-2/total", 15, 6);
        var stream = await _city.Public.StreamAsync("rad-2/total");
        var feature = (await _city.Public.JsonAsync($"Observations({id})/FeatureOfInterest")).Id();
        await SendAsync(HttpMethod.Patch, $"Observations({id})", $$$"""{"result":9,"Datastream":{"@iot.id":{{{stream}}} },"FeatureOfInterest":{"@iot.id":{{{feature}}} } }""", 200);
        Assert.Equal(9, (double)(await _city.Public.JsonAsync($"Observations({id})"))["result"]!);
    }

    [Fact]
    public async Task If_match_lets_a_change_happen_only_to_what_was_read()
    {
        var id = await AtAsync("rad-2/total", 15, 7);
        var path = $"Observations({id})";
        var tag = await TagAsync(path);
        await SendAsync(HttpMethod.Patch, path, """{"result":1}""", 200, ifMatch: tag);
        await SendAsync(HttpMethod.Patch, path, """{"result":2}""", 412, ifMatch: tag);
        await SendAsync(HttpMethod.Delete, path, null, 412, ifMatch: tag);
        await SendAsync(HttpMethod.Delete, path, null, 412, ifMatch: "\"other\"");
        Assert.Equal(1, (double)(await _city.Public.JsonAsync(path))["result"]!);
        await SendAsync(HttpMethod.Delete, path, null, 200, ifMatch: await TagAsync(path));
        await _city.Public.GetAsync(path, 404);
    }

    [Fact]
    public async Task Nobody_learns_from_a_refusal_whether_there_is_such_an_observation()
    {
        var (noise, heat) = (await AtAsync("laerm-1/laeq", 10, 3), await AtAsync("haus-1/energy", 60, 0));
        var number = await NumberAsync("laerm-1/laeq");
        var absent = ObservationId.Of(number, CityReadings.At(10, 3) + 60_000)!.Value;
        using var other = _city.Client("information");
        foreach (var (client, there, missing, status) in new[]
        {
            (_city.Public, noise, absent, 401), (other, noise, absent, 403), (_city.Operator, heat, ObservationId.Of(await NumberAsync("haus-1/energy"), CityReadings.At(60, 5))!.Value, 403),
        })
        {
            foreach (var (method, body) in new[] { (HttpMethod.Delete, null), (HttpMethod.Patch, """{"result":1}"""), (HttpMethod.Put, """{"result":1}"""), (HttpMethod.Patch, """{"nonsense":1}""") })
            {
                var answers = new List<string>();
                foreach (var id in new[] { there, missing })
                {
                    answers.Add((await SendAsync(method, $"Observations({id})", body, status, client: client, ifMatch: "\"7\"")).Replace($"{id}", "ID", StringComparison.Ordinal));
                }

                Assert.Equal(answers[0], answers[1]);
            }
        }

        Assert.Equal(CityReadings.Secret, (await _city.Operator.JsonAsync($"Observations({await AtAsync("laerm-1/laeq", 10, 2)})"))["result"]!.GetValue<double>());
        Assert.Equal(0, await CorrectionsAsync());
    }

    [Fact]
    public async Task Windows_of_those_who_may_not_read_single_readings_follow_and_the_ledger_names_who_and_what_but_no_value()
    {
        var stream = await _city.Public.StreamAsync("luft-1/temperature");
        var hour = (await _city.Public.ValuesAsync($"Datastreams({stream})/Observations?$orderby=phenomenonTime&$top=1")).Single();
        var id = await AtAsync("luft-1/temperature", 10, 1);
        await SendAsync(HttpMethod.Patch, $"Observations({id})", """{"result":59.875}""", 200);
        await SendAsync(HttpMethod.Delete, $"Observations({await AtAsync("luft-1/temperature", 10, 2)})", null, 200);
        var after = (await _city.Public.ValuesAsync($"Datastreams({stream})/Observations?$orderby=phenomenonTime&$top=1")).Single();
        var kept = new[] { 0, 3, 4, 5 }.Select(CityReadings.Temperature).Append(59.875).Average();
        Assert.NotEqual((double)hour["result"]!, (double)after["result"]!);
        Assert.Equal(kept, (double)after["result"]!, 1e-9);
        var entries = await EntriesAsync();
        Assert.Equal(2, entries.Count);
        Assert.All(entries, e => Assert.Equal("g/luft-1/temperature", Assert.Single(e.Streams)));
        Assert.Contains("changed: result", entries[0].Detail, StringComparison.Ordinal);
        Assert.Contains("withdrawn", entries[1].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("59.875", string.Join(' ', entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribers_are_told_of_a_change_and_not_of_a_withdrawal()
    {
        var (first, second) = (await AtAsync("rad-2/total", 15, 8), await AtAsync("rad-2/total", 15, 9));
        using var reader = await MqttPeer.ConnectAsync(_city.Silo.Mqtt);
        Assert.Equal(0, await reader.SubscribeAsync("v1.1/Observations"));
        await SendAsync(HttpMethod.Delete, $"Observations({first})", null, 200);
        await SendAsync(HttpMethod.Patch, $"Observations({second})", """{"result":17}""", 200);
        var (_, told) = await reader.NextAsync();
        Assert.Equal((second, 17), (told.Id(), (double)told["result"]!));
    }

    [Fact]
    public async Task Batch_changes_observations_one_by_one()
    {
        var (first, second) = (await AtAsync("rad-2/total", 15, 10), await AtAsync("rad-2/total", 15, 11));
        var body = $$$"""
            {"requests":[
              {"id":"a","method":"patch","url":"Observations({{{first}}})","headers":{"Content-Type":"application/json"},"body":{"result":21} },
              {"id":"b","method":"delete","url":"Observations({{{second}}})"}
            ]}
            """;
        var answers = JsonNode.Parse(await SendAsync(HttpMethod.Post, "$batch", body, 200))!["responses"]!.AsArray();
        Assert.Equal([200, 200], answers.Select(a => (int)a!["status"]!));
        Assert.Equal(21, (double)(await _city.Public.JsonAsync($"Observations({first})"))["result"]!);
        await _city.Public.GetAsync($"Observations({second})", 404);
        await SendAsync(HttpMethod.Delete, "Observations", null, 400);
        Assert.Contains("own address", await SendAsync(HttpMethod.Delete, $"Sensors(1)/Datastreams(1)/Observations({first})", null, 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Components_and_results_that_are_no_numbers_are_corrected_like_others()
    {
        const string Measurement = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement";
        const string Unit = """{"name":"metre per second","symbol":"m/s","definition":"ucum:m/s"}""";
        const string Place = """[{"name":"Markt","description":"","encodingType":"application/geo+json","location":{"type":"Point","coordinates":[7.69,51.93]}}]""";
        await _city.PolicyAsync(CityFiles.Policy.Replace("[\"g/rad-*/total\"]", "[\"g/rad-*/total\", \"sensorthings/*/*\"]", StringComparison.Ordinal));
        await SendAsync(HttpMethod.Post, "MultiDatastreams", $$$"""
            {"name":"Wind","description":"Wie stark?","observationType":"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_ComplexObservation",
             "multiObservationDataTypes":["{{{Measurement}}}","{{{Measurement}}}","{{{Measurement}}}"],"unitOfMeasurements":[{{{Unit}}},{{{Unit}}},{{{Unit}}}],
             "properties":{"registry":{"class":"public"} },"Thing":{"name":"Windmast","description":"Am Markt","Locations":{{{Place}}} },
             "Sensor":{"name":"Windmesser","description":"","encodingType":"text/html","metadata":"w"},
             "ObservedProperties":[{"name":"Speed","definition":"s","description":""},{"name":"Gust","definition":"g","description":""},{"name":"Lull","definition":"l","description":""}]}
            """, 201);
        await SendAsync(HttpMethod.Post, "MultiDatastreams(1)/Observations", """{"result":[3,7.5,null],"phenomenonTime":"2026-07-20T12:00:00Z","parameters":{"a":1} }""", 201);
        var path = $"Observations({(await _city.Public.ValuesAsync("MultiDatastreams(1)/Observations")).Single().Id()})";
        await SendAsync(HttpMethod.Patch, path, """{"result":[3,8,null]}""", 200);
        var one = await _city.Public.JsonAsync(path);
        Assert.Equal(("[3,8,null]", """{"a":1}"""), (one["result"]!.ToJsonString(), one["parameters"]!.ToJsonString()));
        Assert.Contains("POST the Observation again", await SendAsync(HttpMethod.Patch, path, """{"result":[3,8,1]}""", 409), StringComparison.Ordinal);
        Assert.Contains("list of 3", await SendAsync(HttpMethod.Patch, path, """{"result":[3,8]}""", 400), StringComparison.Ordinal);
        Assert.Contains("first component", await SendAsync(HttpMethod.Patch, path, """{"result":[null,8,1]}""", 400), StringComparison.Ordinal);
        await SendAsync(HttpMethod.Patch, path, """{"result":[3,null,null]}""", 200);
        await SendAsync(HttpMethod.Patch, path, """[{"op":"replace","path":"/result/0","value":4},{"op":"replace","path":"/result/1","value":5}]""", 200);
        Assert.Equal("[4,5,null]", (await _city.Public.JsonAsync(path))["result"]!.ToJsonString());
        await SendAsync(HttpMethod.Delete, path, null, 200);
        Assert.Empty(await _city.Public.ValuesAsync("MultiDatastreams(1)/Observations"));

        await SendAsync(HttpMethod.Post, "Datastreams", $$$"""
            {"name":"Zustand","description":"Wie?","observationType":"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Observation",
             "unitOfMeasurement":{"name":null,"symbol":null,"definition":null},"properties":{"registry":{"class":"public"} },
             "Thing":{"name":"Graben","description":"Am Rand","Locations":{{{Place}}} },"Observations":[{"phenomenonTime":"2026-07-20T12:00:00Z","result":"tief"}],
             "Sensor":{"name":"Auge","description":"","encodingType":"text/html","metadata":"m"},"ObservedProperty":{"name":"Zustand","definition":"x","description":""} }
            """, 201);
        var stream = (await _city.Public.ValuesAsync("Datastreams?$filter=name eq 'Zustand'")).Single().Id();
        path = $"Observations({(await _city.Public.ValuesAsync($"Datastreams({stream})/Observations")).Single().Id()})";
        await SendAsync(HttpMethod.Patch, path, """{"parameters":{"b":2} }""", 200);
        Assert.Equal("tief", (string)(await _city.Public.JsonAsync(path))["result"]!);
        await SendAsync(HttpMethod.Patch, path, """{"result":{"cm":12} }""", 200);
        Assert.Equal("""{"cm":12}""", (await _city.Public.JsonAsync(path))["result"]!.ToJsonString());
        await SendAsync(HttpMethod.Patch, path, """{"result":13}""", 200);
        one = await _city.Public.JsonAsync(path);
        Assert.Equal((13, """{"b":2}"""), ((double)one["result"]!, one["parameters"]!.ToJsonString()));
    }

    private ISensorGrain Sensor(string id) => _city.Silo.Services.GetRequiredService<IGrainFactory>().GetGrain<ISensorGrain>($"{StaCity.City}/g/{id}");

    private Task<int> NumberAsync(string stream)
    {
        var (sensor, property) = (stream.Split('/')[0], stream.Split('/')[1]);
        return Task.FromResult(_city.Silo.Services.GetRequiredService<IReadingStore>().Find(new($"{StaCity.City}/g/{sensor}", property))!.Value);
    }

    private async Task<long> AtAsync(string stream, int minutes, int i) => ObservationId.Of(await NumberAsync(stream), CityReadings.At(minutes, i))!.Value;

    private async Task<string> TagAsync(string path)
    {
        using var answer = await _city.Public.GetAsync(new Uri(path, UriKind.Relative), StaCity.Token);
        return answer.Headers.ETag!.ToString();
    }

    private async Task<List<LedgerEntry>> EntriesAsync()
    {
        var page = await _city.Silo.Services.GetRequiredService<ILedgerReader>().RangeAsync(StaCity.City, 0, 10_000);
        return [.. page.Entries.Select(e => e.Entry).Where(e => e.Kind == LedgerEntryKind.Correction)];
    }

    private async Task<int> CorrectionsAsync() => (await EntriesAsync()).Count;

    private async Task<string> SendAsync(
        HttpMethod method, string path, string? body, int status, string? ifMatch = null, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(body.StartsWith("[{\"op\"", StringComparison.Ordinal) ? PatchType : "application/json");
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var answer = await (client ?? _city.Operator).SendAsync(request, StaCity.Token);
        var text = await answer.Content.ReadAsStringAsync(StaCity.Token);
        Assert.True((int)answer.StatusCode == status, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return status < 400 ? text : (string)JsonNode.Parse(text)!["detail"]!;
    }
}
